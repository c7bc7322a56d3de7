import { FileSearchOutlined, RightOutlined } from '@ant-design/icons';
import { Alert } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useMe, useRuns, useTasks } from '../api/queries';
import { holds } from '../api/rights';
import type { Task } from '../api/types';
import { useLanguage } from '../i18n';
import { Loading } from '../shell/Loading';
import { ProblemPanel } from '../shell/ProblemPanel';
import { RecentRuns } from '../shell/RecentRuns';
import { InputForm } from './InputForm';
import { Running } from './Running';
import { useStart } from './useStart';

const REVIEW = 'finance.contract-review';

/** Where a run of the task in the address is started; without one it is the review, and a suite that never ran opens on a sample. */
export default function StartPage() {
  const { t } = useTranslation();
  const { task: wanted } = useParams();
  const tasks = useTasks();
  if (tasks.isPending) return <Loading />;
  if (tasks.isLoadingError) {
    return (
      <main id="content" className="centred">
        <ProblemPanel error={tasks.error} onRetry={() => void tasks.refetch()} />
      </main>
    );
  }
  const task = wanted
    ? tasks.data.find((one) => one.id === wanted)
    : (tasks.data.find((one) => one.id === REVIEW) ?? tasks.data[0]);
  if (!task) {
    return (
      <main id="content" className="centred">
        <p>{t('app.notFound')}</p>
      </main>
    );
  }
  return <Start key={task.id} task={task} opensOnSample={wanted === undefined} />;
}

/** On a suite that has never run anything, the first sample is reviewed at once, so that there is something to see. */
function Start({ task, opensOnSample }: { task: Task; opensOnSample: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const runs = useRuns({ limit: 1 });
  const start = useStart(task.id);
  const mayRun = holds(useMe().data, ['analyst', 'operator'], task.id);
  const opened = useRef(false);
  const first = task.samples[0];
  const fresh = mayRun && opensOnSample && first !== undefined && runs.data?.total === 0;

  function review(sample: string) {
    const input = new FormData();
    input.append('sample', sample);
    if (task.inputSchema.properties?.language) input.append('language', language);
    start.run(input);
  }

  useEffect(() => {
    if (fresh && !opened.current) {
      opened.current = true;
      review(first.name);
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, whatever else changes
  }, [fresh]);

  if (runs.isPending || (fresh && (start.running || !start.error))) {
    return start.running ? (
      <main id="content" className="centred">
        <Running sent={1} what={t('start.opening')} onCancel={start.cancel} />
      </main>
    ) : (
      <Loading />
    );
  }
  return (
    <main id="content" className="start">
      <section className="start-main">
        <h1>{task.id === REVIEW ? t('start.title') : task.title[language]}</h1>
        {task.id === REVIEW && <p className="lead">{t('start.lead')}</p>}
        {start.error && <ProblemPanel error={start.error} />}
        {mayRun ? (
          <InputForm task={task} disabled={start.running} onSubmit={start.run} />
        ) : (
          <Alert type="info" showIcon title={t('start.noRole')} description={t('start.askForRole')} />
        )}
        {start.running && <Running sent={start.sent} onCancel={start.cancel} />}
      </section>
      <aside className="start-side">
        {mayRun && task.samples.length > 0 && (
          <section>
            <h2>{t('start.samples')}</h2>
            <ul className="sample-list">
              {task.samples.map((sample) => (
                <li key={sample.name}>
                  <button type="button" disabled={start.running} onClick={() => review(sample.name)}>
                    <FileSearchOutlined aria-hidden />
                    <span>{sample.title[language]}</span>
                    <RightOutlined aria-hidden className="quiet" />
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
        <section>
          <h2>{t('shell.recent')}</h2>
          <div className="card">
            <RecentRuns limit={8} />
          </div>
        </section>
      </aside>
    </main>
  );
}
