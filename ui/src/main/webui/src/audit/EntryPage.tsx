import { CheckCircleFilled, CloseCircleFilled, LeftOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'react-router';
import { useTasks } from '../api/queries';
import type { AuditLeaf } from '../api/types';
import { useLanguage } from '../i18n';
import { count, words } from '../i18n/format';
import { Loading } from '../shell/Loading';
import { ProblemPanel } from '../shell/ProblemPanel';
import { Alarm, Lacking, useStandingText } from './HeadStanding';
import { KindTag } from './KindTag';
import { LackingError } from './proof';
import { useEntry, type Checked } from './queries';
import { isAlarm } from './seen';
import './audit.css';

/** One entry of the audit log, checked in this browser. */
export default function EntryPage() {
  const { t } = useTranslation();
  const { seq = '' } = useParams();
  const { state } = useLocation() as { state: unknown };
  const entry = useEntry(seq);
  if (entry.isPending) return <Loading />;
  return (
    <main id="content" className="page audit">
      <header>
        <Link to={`/audit${typeof state === 'string' ? state : ''}`}>
          <LeftOutlined aria-hidden /> {t('room.audit')}
        </Link>
        <h1>{t('audit.entry', { seq })}</h1>
      </header>
      {entry.error instanceof LackingError ? (
        <Lacking error={entry.error} />
      ) : entry.isError ? (
        <ProblemPanel error={entry.error} onRetry={() => void entry.refetch()} />
      ) : (
        <CheckedEntry checked={entry.data} />
      )}
    </main>
  );
}

function CheckedEntry({ checked }: { checked: Checked }) {
  const { t } = useTranslation();
  const { leaf, standing } = checked;
  return (
    <>
      {isAlarm(standing) && <Alarm standing={standing} />}
      <Proof checked={checked} />
      {leaf ? <Fields leaf={leaf} /> : <p className="bad">{t('audit.noEntry')}</p>}
      <details className="card audit-card">
        <summary>{t('audit.raw')}</summary>
        <h2>{t('audit.leaf')}</h2>
        <pre>{checked.leafText}</pre>
        <h2>{t('audit.path')}</h2>
        <pre>{checked.proof.join('\n')}</pre>
        <h2>{t('audit.head')}</h2>
        <pre>{checked.checkpoint}</pre>
      </details>
    </>
  );
}

/** What was checked here, and what came of it. */
function Proof({ checked }: { checked: Checked }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const standingText = useStandingText();
  const { standing } = checked;
  const head = 'head' in standing ? standing.head : null;
  const whole = checked.leaf !== null && checked.sameHash && checked.included && !isAlarm(standing);
  return (
    <section
      className={`card audit-card audit-proof ${whole ? 'audit-whole' : 'audit-broken'}`}
      aria-live="polite"
    >
      <h2>
        {whole ? <CheckCircleFilled aria-hidden /> : <CloseCircleFilled aria-hidden />}{' '}
        {t(whole ? 'audit.proved' : 'audit.broken')}
      </h2>
      <p>{t(whole ? 'audit.provedLead' : 'audit.brokenLead')}</p>
      <ol>
        <Step good={checked.leaf !== null && checked.sameHash} title={t('audit.stepHash')}>
          <span className="mono">{checked.hash}</span>
        </Step>
        <Step good={head !== null} title={t('audit.stepSigned')}>
          {head
            ? t('audit.signed', { size: count(head.size, language), origin: head.origin })
            : standingText(standing)}
        </Step>
        <Step good={checked.included} title={t('audit.stepIncluded')}>
          {t(checked.included ? 'audit.included' : 'audit.notIncluded', { count: checked.proof.length })}
        </Step>
        <Step good={!isAlarm(standing)} title={t('audit.stepContinued')}>
          {standingText(standing)}
        </Step>
      </ol>
    </section>
  );
}

function Step({ good, title, children }: { good: boolean; title: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <li className={good ? 'step-good' : 'step-bad'}>
      {good ? <CheckCircleFilled aria-hidden /> : <CloseCircleFilled aria-hidden />}
      <div>
        <b>
          {title} <span className="visually-hidden">{t(good ? 'audit.holds' : 'audit.fails')}</span>
        </b>
        <p className="quiet">{children}</p>
      </div>
    </li>
  );
}

/** The entry's fields, read from the bytes that were hashed. */
function Fields({ leaf }: { leaf: AuditLeaf }) {
  const { t, i18n } = useTranslation();
  const language = useLanguage();
  const tasks = useTasks().data ?? [];
  const { entry } = leaf;
  const ofRun = ['run', 'decision', 'second-review', 'comment'].includes(entry.kind);
  const moment = (iso: string) => (
    <time dateTime={iso} className="mono">
      {iso}
    </time>
  );
  const rows: [string, ReactNode][] = [
    [t('audit.kind'), <KindTag key="kind" kind={entry.kind} />],
    [t('audit.actor'), entry.actor],
    [t('audit.tenant'), entry.tenant],
    [t('audit.time'), moment(entry.time)],
    [t('audit.logged'), moment(leaf.logged)],
    [
      t('audit.task'),
      entry.task && (tasks.find((task) => task.id === entry.task)?.title[language] ?? entry.task),
    ],
    [t('audit.about'), ofRun ? <Link to={`/runs/${entry.subject}`}>{entry.subject}</Link> : entry.subject],
    [t('audit.purpose'), entry.purpose],
    [t('audit.correlation'), entry.correlation],
    ...Object.entries(entry.detail ?? {}).map(([name, value]): [string, ReactNode] => [
      i18n.exists(`audit.details.${name}`) ? t(`audit.details.${name as 'status'}`) : words(name),
      value,
    ]),
    ...(entry.models ?? []).map((model): [string, ReactNode] => [
      model.role,
      <>
        {model.version ? t('run.model', model) : model.name}{' '}
        <span className="mono quiet">{model.sha256}</span>
      </>,
    ]),
    ...(['input', 'output', 'evidence', 'record'] as const).map((name): [string, ReactNode] => [
      t(`audit.digest.${name}`),
      entry[name] && <span className="mono">{entry[name]}</span>,
    ]),
    [
      t('audit.files'),
      entry.records?.map((file) => (
        <div key={file} className="mono">
          {file}
        </div>
      )),
    ],
    [
      t('audit.id'),
      <span key="id" className="mono">
        {entry.id}
      </span>,
    ],
    [t('audit.process'), <span key="process" className="mono">{`${entry.process} + ${entry.mono} µs`}</span>],
    [
      t('audit.prev'),
      <span key="prev" className="mono">
        {leaf.prev}
      </span>,
    ],
  ];
  return (
    <section className="card audit-card" aria-label={t('audit.fields')}>
      <dl className="audit-fields">
        {rows
          .filter(([, value]) => Boolean(value))
          .map(([name, value], i) => (
            <div key={`${name} ${i}`}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}
