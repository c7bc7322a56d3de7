import { LeftOutlined, StopOutlined } from '@ant-design/icons';
import { App, Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { told } from '../api/client';
import { useMe, useTasks } from '../api/queries';
import { holds } from '../api/rights';
import { useLanguage } from '../i18n';
import { dateTime } from '../i18n/format';
import { Loading } from '../shell/Loading';
import { ProblemPanel } from '../shell/ProblemPanel';
import { About } from './About';
import { cancelTraining } from './api';
import { JobProgress, StateTag } from './JobState';
import { Losses } from './Losses';
import { unfinished, useTraining, useTrainingChange } from './queries';
import type { Training } from './types';
import { VersionLinks } from './VersionLinks';
import './training.css';

/** One training: how far it is, how it learns, and what came of it. */
export default function JobPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const language = useLanguage();
  const training = useTraining(id);
  const tasks = useTasks().data ?? [];
  const me = useMe().data;
  if (training.isPending) return <Loading />;
  if (training.isLoadingError) {
    return (
      <main id="content" className="centred">
        <ProblemPanel error={training.error} onRetry={() => void training.refetch()} />
      </main>
    );
  }
  const one = training.data;
  return (
    <main id="content" className="page training">
      <header className="training-head">
        <div>
          <Link to="/training">
            <LeftOutlined aria-hidden /> {t('room.training')}
          </Link>
          <h1>{one.recipe}</h1>
          <p className="quiet">
            <StateTag state={one.state} />{' '}
            {tasks.find((task) => task.id === one.task)?.title[language] ?? one.task} ·{' '}
            {dateTime(one.createdAt, language)} · {one.createdBy}
          </p>
        </div>
        {unfinished(one.state) && holds(me, ['model-owner'], one.task) && <Cancel training={one} />}
      </header>
      <p role="status" className="visually-hidden">
        {t('training.announce', { recipe: one.recipe, state: t(`training.states.${one.state}`) })}
      </p>
      {unfinished(one.state) && (
        <section className="card training-card" aria-label={t('training.progress')}>
          <JobProgress training={one} asOf={training.dataUpdatedAt} />
        </section>
      )}
      {one.failure && (
        <section className="card training-card" aria-label={t('training.failure')}>
          <h2 className="bad">{t('training.failure')}</h2>
          <p className="training-failure">{one.failure}</p>
        </section>
      )}
      {one.versions.length > 0 && (
        <section className="card training-card" aria-label={t('training.candidates')}>
          <h2>{t('training.candidates')}</h2>
          <VersionLinks versions={one.versions} />
          <p className="quiet">{t('training.candidatesLead')}</p>
        </section>
      )}
      <Losses training={one} />
      <About training={one} />
    </main>
  );
}

function Cancel({ training }: { training: Training }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cancel = useTrainingChange(cancelTraining);
  return (
    <Popconfirm
      title={t('training.cancelSure')}
      okText={t('training.cancel')}
      cancelText={t('training.keepOn')}
      okButtonProps={{ danger: true }}
      onConfirm={() =>
        cancel
          .mutateAsync(training.id)
          .catch((error: unknown) => void message.error(t('training.notDone', { detail: told(error) })))
      }
    >
      <Button danger icon={<StopOutlined />} loading={cancel.isPending}>
        {t('training.cancel')}
      </Button>
    </Popconfirm>
  );
}
