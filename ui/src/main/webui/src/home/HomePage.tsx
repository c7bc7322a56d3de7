import { RightOutlined } from '@ant-design/icons';
import { Progress, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMe, useModels, useRuns, useUsage } from '../api/queries';
import type { RunListing } from '../api/client';
import { OpenAlarms } from '../alarms/OpenAlarms';
import { OpenAlerts } from '../decay/OpenAlerts';
import { useLanguage } from '../i18n';
import { count, dateTime, percent } from '../i18n/format';
import { Loading } from '../shell/Loading';
import { useTaskTitle } from '../run/useTaskTitle';
import { ProblemPanel } from '../shell/ProblemPanel';
import { RecentRuns } from '../shell/RecentRuns';
import { TaskTiles } from '../start/TaskTiles';
import { UnderWay } from './UnderWay';
import '../alarms/alarms.css';
import './home.css';

const StartPage = lazy(() => import('../start/StartPage'));

const QUEUE: RunListing = { undecided: true, sort: '-risk', limit: 8 };
const EVERY = 15_000;

/** What needs me now; on a suite that has never run anything, a first run. */
export function HomePage() {
  const runs = useRuns({ limit: 1 });
  if (runs.isPending) return <Loading />;
  if (runs.isError) {
    return (
      <main id="content" className="centred">
        <ProblemPanel error={runs.error} onRetry={() => void runs.refetch()} />
      </main>
    );
  }
  return runs.data.total === 0 ? <StartPage /> : <Needs />;
}

function Needs() {
  const { t } = useTranslation();
  const language = useLanguage();
  const me = useMe().data;
  const undecided = useRuns(QUEUE, EVERY).data?.total;
  const yesterday = useYesterday();
  const failed = useRuns({ status: 'FAILED', from: yesterday, limit: 1 }, EVERY);
  const today = useRuns({ from: yesterday, limit: 1 }, EVERY);
  const seesGateway = me?.roles.some((role) => role === 'administrator' || role === 'auditor') ?? false;
  return (
    <main id="content" className="page home">
      <h1>{t('home.title')}</h1>
      <OpenAlarms />
      <OpenAlerts />
      <ul className="figures">
        <Figure to="/runs?undecided=true&sort=-risk" label={t('home.undecided')} value={undecided} />
        <Figure
          to={`/runs?status=FAILED&from=${yesterday}`}
          label={t('home.failed')}
          value={failed.data?.total}
          bad
        />
        <Figure to={`/runs?from=${yesterday}`} label={t('home.runs')} value={today.data?.total} />
        <Waiting />
        {seesGateway && <Calls />}
      </ul>
      <UnderWay />
      <div className="home-columns">
        <section aria-labelledby="queue">
          <header className="section-head">
            <h2 id="queue">{t('home.queue')}</h2>
            <Link to="/runs?undecided=true&sort=-risk">{t('home.all')}</Link>
          </header>
          <p className="quiet">{t('home.queueHint')}</p>
          <Queue language={language} />
        </section>
        <section aria-labelledby="recent">
          <header className="section-head">
            <h2 id="recent">{t('shell.recent')}</h2>
            <Link to="/runs">{t('home.all')}</Link>
          </header>
          <div className="card">
            <RecentRuns limit={8} />
          </div>
        </section>
      </div>
      <section aria-labelledby="begin">
        <h2 id="begin">{t('home.begin')}</h2>
        <TaskTiles />
      </section>
    </main>
  );
}

/** A day ago, seen from when the page was opened. */
function useYesterday(): string {
  return useState(() => new Date(Date.now() - 24 * 3600_000).toISOString())[0];
}

function Figure({
  to,
  label,
  value,
  bad,
}: {
  to: string;
  label: string;
  value: number | undefined;
  bad?: boolean;
}) {
  const language = useLanguage();
  return (
    <li className="card">
      <Link to={to} className="figure">
        <span className={`figure-value${bad && value ? ' bad' : ''}`}>
          {value === undefined ? '–' : count(value, language)}
        </span>
        <span className="figure-label">{label}</span>
      </Link>
    </li>
  );
}

/** Models that wait for somebody to approve them; nothing while none does. */
function Waiting() {
  const { t } = useTranslation();
  const roles = useModels().data?.filter(({ waiting }) => waiting > 0) ?? [];
  const first = roles[0];
  if (!first) return null;
  const waiting = roles.reduce((sum, role) => sum + role.waiting, 0);
  return (
    <Figure
      to={roles.length === 1 ? `/models/${first.role}` : '/models'}
      label={t('home.waiting', { count: waiting })}
      value={waiting}
    />
  );
}

function Calls() {
  const { t } = useTranslation();
  const usage = useUsage('day');
  return <Figure to="/gateway" label={t('home.calls')} value={usage.data?.total.calls} />;
}

function Queue({ language }: { language: 'en' | 'zh' }): ReactNode {
  const { t } = useTranslation();
  const queue = useRuns(QUEUE, EVERY);
  const title = useTaskTitle();
  if (queue.isPending) return <Skeleton active />;
  if (queue.isError) return <ProblemPanel error={queue.error} onRetry={() => void queue.refetch()} />;
  if (queue.data.items.length === 0) return <p className="card padded">{t('home.nothing')}</p>;
  return (
    <ul className="card queue">
      {queue.data.items.map((run) => (
        <li key={run.id}>
          <Link to={`/runs/${run.id}`}>
            <span className="queue-name">
              <b>{run.name === '' ? title(run.task) : run.name}</b>
              <span className="quiet">
                {title(run.task)} · {dateTime(run.startedAt, language)}
              </span>
            </span>
            {run.confidence != null && (
              <span
                className="queue-confidence"
                title={t('run.confidence', { percent: percent(run.confidence) })}
              >
                <Progress
                  percent={percent(run.confidence)}
                  size="small"
                  showInfo={false}
                  aria-label={t('runs.confidence')}
                />
                <span>{percent(run.confidence)} %</span>
              </span>
            )}
            <RightOutlined aria-hidden className="quiet" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
