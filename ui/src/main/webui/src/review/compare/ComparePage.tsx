import { SwapOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useRun, useRuns } from '../../api/queries';
import type { Run } from '../../api/types';
import { useLanguage } from '../../i18n';
import { dateTime } from '../../i18n/format';
import { Loading } from '../../shell/Loading';
import { ProblemPanel } from '../../shell/ProblemPanel';
import { SeverityTag } from '../panel/SeverityTag';
import type { ContractReview, Finding } from '../types';
import './compare.css';
import { TextChanges } from './TextChanges';
import { changesOf, findingChanges } from './versions';

const TASK = 'finance.contract-review';
const NEWEST = 100;

/** Two versions of a contract, each with its review; which ones is in the address. */
export default function ComparePage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const left = params.get('left') ?? '';
  const right = params.get('right') ?? '';
  const choose = (next: { left?: string; right?: string }) => {
    const sides = { left, right, ...next };
    setParams(Object.fromEntries(Object.entries(sides).filter(([, id]) => id !== '')), { replace: true });
  };
  return (
    <main id="content" className="page compare">
      <h1>{t('compare.title')}</h1>
      <p className="lead">{t('compare.lead')}</p>
      <div className="compare-sides">
        <Choice side="left" value={left} onChoose={(id) => choose({ left: id })} />
        <Button
          icon={<SwapOutlined aria-hidden />}
          aria-label={t('compare.swap')}
          onClick={() => choose({ left: right, right: left })}
        />
        <Choice side="right" value={right} onChoose={(id) => choose({ right: id })} />
      </div>
      {left !== '' && right !== '' ? (
        <Both key={`${left} ${right}`} left={left} right={right} />
      ) : (
        <div className="card padded">
          <p>{t('compare.choose')}</p>
          <Link to={`/tasks/${TASK}`}>{t('compare.review')}</Link>
        </div>
      )}
    </main>
  );
}

function Choice({
  side,
  value,
  onChoose,
}: {
  side: 'left' | 'right';
  value: string;
  onChoose: (id: string) => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const runs = useRuns({ task: TASK, status: 'ANSWERED', limit: NEWEST });
  const options = (runs.data?.items ?? []).map((run) => ({
    value: run.id,
    label: `${run.name || run.id} · ${dateTime(run.startedAt, language)} · ${run.caller}`,
  }));
  return (
    <label className="compare-side" htmlFor={`compare-${side}`}>
      {t(`compare.${side}`)}
      <Select
        id={`compare-${side}`}
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('compare.placeholder')}
        loading={runs.isPending}
        value={value === '' ? null : value}
        options={options}
        onChange={(id: string) => onChoose(id)}
      />
    </label>
  );
}

function Both({ left, right }: { left: string; right: string }) {
  const { t } = useTranslation();
  const [before, after] = [useRun(left), useRun(right)];
  for (const one of [before, after]) {
    if (one.isLoadingError) return <ProblemPanel error={one.error} onRetry={() => void one.refetch()} />;
  }
  if (!before.data || !after.data) return <Loading />;
  if ([before.data, after.data].some((run) => run.task !== TASK || run.status !== 'ANSWERED')) {
    return <p className="card padded">{t('compare.noReview')}</p>;
  }
  return <Compared left={before.data} right={after.data} />;
}

function Compared({ left, right }: { left: Run; right: Run }) {
  const { t } = useTranslation();
  const before = left.output as ContractReview;
  const after = right.output as ContractReview;
  const changes = useMemo(() => changesOf(before.text, after.text), [before, after]);
  const findings = useMemo(() => findingChanges(before.findings, after.findings), [before, after]);
  const samePlaybook =
    before.playbook.name === after.playbook.name && before.playbook.version === after.playbook.version;
  return (
    <>
      {!samePlaybook && (
        <p className="sample-note" role="note">
          {t('compare.otherPlaybook', { left: before.playbook.title, right: after.playbook.title })}
        </p>
      )}
      <section aria-labelledby="compare-findings">
        <h2 id="compare-findings">{t('compare.findings')}</h2>
        <div className="compare-findings">
          <Group title={t('compare.appeared')} sign="+" findings={findings.appeared} run={right} />
          <Group title={t('compare.vanished')} sign="−" findings={findings.vanished} run={left} />
          <Group title={t('compare.stayed')} sign="=" findings={findings.stayed} run={right} />
        </div>
      </section>
      <TextChanges left={left} right={right} changes={changes} />
    </>
  );
}

function Group({
  title,
  sign,
  findings,
  run,
}: {
  title: string;
  sign: string;
  findings: Finding[];
  run: Run;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <section className="card padded" aria-label={title}>
      <h3>
        <span aria-hidden>{sign}</span> {title} <span className="count">{findings.length}</span>
      </h3>
      {findings.length === 0 ? (
        <p className="quiet">{t('compare.none')}</p>
      ) : (
        <ul>
          {findings.map((finding) => (
            <li key={finding.id}>
              <SeverityTag severity={finding.severity} />{' '}
              <Link to={`/runs/${run.id}?item=${finding.id}`}>{finding.title}</Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
