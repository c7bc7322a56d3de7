import { PlusOutlined } from '@ant-design/icons';
import { Button, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useMe, useTasks } from '../api/queries';
import { useLanguage } from '../i18n';
import { dateTime } from '../i18n/format';
import { pageOf } from '../runs/useListing';
import { ProblemPanel } from '../shell/ProblemPanel';
import { Files } from './Files';
import { JobProgress, StateTag } from './JobState';
import { NewTraining } from './NewTraining';
import { useTrainings } from './queries';
import type { Training } from './types';
import { VersionLinks } from './VersionLinks';
import { WideTable } from '../shell/WideTable';
import './training.css';

const SIZE = 20;

/** The trainings of the house, newest first, and the files that they learn from. */
export default function TrainingPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const [params, setParams] = useSearchParams();
  const page = pageOf(params);
  const trainings = useTrainings((page - 1) * SIZE, SIZE);
  const tasks = useTasks().data ?? [];
  const owner = useMe().data?.roles.includes('model-owner') === true;
  const [making, setMaking] = useState(false);
  const title = (id: string) => tasks.find((task) => task.id === id)?.title[language] ?? id;
  const columns: TableColumnsType<Training> = [
    {
      key: 'recipe',
      title: t('training.recipe'),
      render: (_, one) => (
        <>
          <Link to={`/training/${one.id}`}>{one.recipe}</Link>
          <span className="training-task quiet">{title(one.task)}</span>
        </>
      ),
    },
    { key: 'state', title: t('training.state'), render: (_, one) => <StateTag state={one.state} /> },
    {
      key: 'progress',
      title: t('training.progress'),
      width: 280,
      render: (_, one) => <JobProgress training={one} asOf={trainings.dataUpdatedAt} />,
    },
    {
      key: 'versions',
      title: t('training.versions'),
      render: (_, one) =>
        one.versions.length > 0 ? <VersionLinks versions={one.versions} /> : <span className="quiet">–</span>,
    },
    {
      key: 'created',
      title: t('training.created'),
      className: 'numeric',
      render: (_, one) => dateTime(one.createdAt, language),
    },
    { key: 'by', title: t('training.by'), dataIndex: 'createdBy' },
  ];
  const start = owner && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
      {t('training.new')}
    </Button>
  );
  const none = trainings.data?.total === 0;
  return (
    <main id="content" className="page">
      <header className="section-head training-top">
        <h1>{t('room.training')}</h1>
        {!none && start}
      </header>
      <p className="lead">{t('training.lead')}</p>
      {trainings.isError ? (
        <ProblemPanel error={trainings.error} onRetry={() => void trainings.refetch()} />
      ) : none ? (
        <section className="card training-none" aria-label={t('training.none')}>
          <h2>{t('training.none')}</h2>
          <p>{t('training.noneLead')}</p>
          {start}
        </section>
      ) : (
        <WideTable
          label={t('room.training')}
          rowKey="id"
          size="middle"
          columns={columns}
          dataSource={trainings.data?.items ?? []}
          loading={trainings.isPending || trainings.isPlaceholderData}
          locale={{ emptyText: t('training.none') }}
          pagination={{
            current: page,
            pageSize: SIZE,
            total: trainings.data?.total ?? 0,
            showSizeChanger: false,
            hideOnSinglePage: true,
            onChange: (next) => setParams(next === 1 ? {} : { page: String(next) }),
          }}
        />
      )}
      {!trainings.isError && <Files owner={owner} />}
      {making && <NewTraining title={title} onClose={() => setMaking(false)} />}
    </main>
  );
}
