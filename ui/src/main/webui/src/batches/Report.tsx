import { Skeleton } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useBatchReport } from '../api/queries';
import type { BatchReport, FieldScore, Spread } from '../api/types';
import { useLanguage } from '../i18n';
import { count, words } from '../i18n/format';
import { ProblemPanel } from '../shell/ProblemPanel';

/** What became of the records so far. */
export function Report({ id, asOf }: { id: string; asOf: string | number }) {
  const { t } = useTranslation();
  const report = useBatchReport(id, asOf);
  if (report.isPending) return <Skeleton active />;
  if (report.isError) return <ProblemPanel error={report.error} onRetry={() => void report.refetch()} />;
  return (
    <section aria-label={t('batches.report')} className="batch-report">
      <h2>{t('batches.report')}</h2>
      <Failures report={report.data} />
      <div className="report-cards">
        {report.data.comparison && <Comparison {...report.data.comparison} />}
        {report.data.scores.map((score) => (
          <ScoreCard key={score.path} score={score} />
        ))}
        {report.data.seconds && (
          <SpreadCard title={t('batches.duration')} spread={report.data.seconds} unit=" s" />
        )}
        <Confidence bins={report.data.confidence} />
        {report.data.members.map((member) =>
          member.spread ? (
            <SpreadCard key={member.path} title={title(member.path, t)} spread={member.spread} />
          ) : (
            <Counts key={member.path} title={title(member.path, t)} counts={member.counts ?? {}} />
          ),
        )}
        {Object.keys(report.data.reasons).length > 0 && (
          <Counts title={t('batches.reasons')} counts={report.data.reasons} />
        )}
      </div>
    </section>
  );
}

const title = (path: string, t: TFunction) =>
  path.endsWith('.length')
    ? t('batches.howMany', { what: words(path.slice(0, path.lastIndexOf('.'))) })
    : path.split('.').map(words).join(' · ');

const number = (value: number) =>
  Number.isInteger(value) ? String(value) : value.toPrecision(3).replace(/\.?0+$/, '');

function SpreadCard({ title: name, spread, unit = '' }: { title: string; spread: Spread; unit?: string }) {
  const { t } = useTranslation();
  const rows = [
    [t('batches.median'), number(spread.median)],
    [t('batches.quartiles'), `${number(spread.lower)} – ${number(spread.upper)}`],
    [t('batches.least'), number(spread.least)],
    [t('batches.most'), number(spread.most)],
    [t('batches.mean'), number(spread.mean)],
  ] as const;
  return (
    <section className="card report-card">
      <h3>{name}</h3>
      <dl>
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="numeric">{value + unit}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function ScoreCard({ score }: { score: FieldScore }) {
  const { t } = useTranslation();
  return (
    <section className="card report-card">
      <h3>{t('batches.truth', { what: title(score.path, t) })}</h3>
      <dl>
        {Object.entries(score.metrics).map(([metric, { value, low, high }]) => (
          <div key={metric}>
            <dt>{t(`batches.metrics.${metric}`, { defaultValue: metric })}</dt>
            <dd className="numeric">
              {number(value)} <span className="quiet">{`${number(low)} – ${number(high)}`}</span>
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('batches.measured')}</dt>
          <dd className="numeric">{score.records}</dd>
        </div>
        {score.unanswered > 0 && (
          <div>
            <dt>{t('batches.unanswered')}</dt>
            <dd className="numeric">{score.unanswered}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}

function Comparison({ records, changed }: { records: number; changed: number }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <section className="card report-card">
      <h3>{t('batches.compared')}</h3>
      <dl>
        <div>
          <dt>{t('batches.otherwise')}</dt>
          <dd className="numeric">{count(changed, language)}</dd>
        </div>
        <div>
          <dt>{t('batches.comparedRecords')}</dt>
          <dd className="numeric">{count(records, language)}</dd>
        </div>
      </dl>
    </section>
  );
}

const SHOWN = 12;

function Counts({ title: name, counts }: { title: string; counts: Record<string, number> }) {
  const language = useLanguage();
  const entries = Object.entries(counts);
  const most = Math.max(1, ...entries.map(([, times]) => times));
  return (
    <section className="card report-card">
      <h3>{name}</h3>
      <ul className="bars">
        {entries.slice(0, SHOWN).map(([word, times]) => (
          <li key={word}>
            <span className="bar-word">{/^[A-Z_]+$/.test(word) ? words(word) : word}</span>
            <span className="bar-track" aria-hidden>
              <span style={{ width: `${(100 * times) / most}%` }} />
            </span>
            <span className="numeric">{count(times, language)}</span>
          </li>
        ))}
      </ul>
      {entries.length > SHOWN && <p className="quiet">+ {entries.length - SHOWN}</p>}
    </section>
  );
}

function Confidence({ bins }: { bins: number[] }) {
  const { t } = useTranslation();
  if (bins.every((bin) => bin === 0)) return null;
  const counts = Object.fromEntries(
    bins.map((bin, i): [string, number] => [`${10 * i}–${10 * (i + 1)} %`, bin]).filter(([, bin]) => bin > 0),
  );
  return <Counts title={t('batches.confidence')} counts={counts} />;
}

function Failures({ report }: { report: BatchReport }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (report.failures.length === 0) return null;
  return (
    <section className="card report-failures" aria-label={t('batches.failures')}>
      <h3>{t('batches.failures')}</h3>
      <ul>
        {report.failures.map((failure) => (
          <li key={failure.code + failure.detail}>
            <b className="numeric">{count(failure.count, language)}</b>
            <div>
              <p>{failure.detail}</p>
              <p className="quiet">{failure.remedy}</p>
              <p className="quiet">
                {t('batches.examples')}: {failure.examples.join(', ')}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {report.otherFailures > 0 && <p>{t('batches.otherFailures', { count: report.otherFailures })}</p>}
    </section>
  );
}
