import { PlusOutlined, ScheduleOutlined } from '@ant-design/icons';
import { Button, Select, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useBatches, useMe, useTasks } from '../api/queries';
import type { Batch, BatchState } from '../api/types';
import { useLanguage } from '../i18n';
import { dateTime } from '../i18n/format';
import { useTaskTitle } from '../run/useTaskTitle';
import { ProblemPanel } from '../shell/ProblemPanel';
import { BatchProgress, StateTag } from './BatchProgress';
import { NewBatch } from './NewBatch';
import { WideTable } from '../shell/WideTable';
import './batches.css';

const SIZE = 20;
const STATES: BatchState[] = ['RUNNING', 'PAUSED', 'ENDED', 'CANCELLED'];

/** The batches of the house, newest first. */
export default function BatchesPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const [params, setParams] = useSearchParams();
  const page = Math.max(1, Math.floor(Number(params.get('page') ?? 1)) || 1);
  const tasks = useTasks().data ?? [];
  const state = STATES.find((one) => one === params.get('state'));
  const task = params.get('task') ?? undefined;
  const batches = useBatches({ task, state, offset: (page - 1) * SIZE, limit: SIZE });
  const filter = (name: string, value: string | undefined) =>
    setParams((before) => {
      const next = new URLSearchParams(before);
      next.delete('page');
      if (value) next.set(name, value);
      else next.delete(name);
      return next;
    });
  const operator = useMe().data?.roles.includes('operator') === true;
  const [making, setMaking] = useState(false);
  const title = useTaskTitle();
  const columns: TableColumnsType<Batch> = [
    {
      key: 'name',
      title: t('batches.name'),
      render: (_, batch) => <Link to={`/batches/${batch.id}`}>{batch.name}</Link>,
    },
    { key: 'task', title: t('batches.task'), render: (_, batch) => title(batch.task) },
    { key: 'state', title: t('batches.state'), render: (_, batch) => <StateTag state={batch.state} /> },
    {
      key: 'progress',
      title: t('batches.progress'),
      width: 260,
      render: (_, batch) => <BatchProgress batch={batch} />,
    },
    {
      key: 'created',
      title: t('batches.created'),
      className: 'numeric',
      render: (_, batch) => dateTime(batch.createdAt, language),
    },
    { key: 'by', title: t('batches.by'), dataIndex: 'createdBy' },
  ];
  return (
    <main id="content" className="page">
      <header className="section-head">
        <h1>{t('room.batches')}</h1>
        <div className="batch-actions">
          <Link to="/batches/sources">
            <ScheduleOutlined aria-hidden /> {t('batches.sources')}
          </Link>
          {operator && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
              {t('batches.new')}
            </Button>
          )}
        </div>
      </header>
      <p className="lead">{t('batches.lead')}</p>
      <div className="listing-filters" role="search">
        <Select
          className="filter-task"
          allowClear
          placeholder={t('runs.anyTask')}
          aria-label={t('batches.task')}
          value={task ?? null}
          options={tasks.map(({ id }) => ({ value: id, label: title(id) }))}
          onChange={(value) => filter('task', value)}
        />
        <Select
          className="filter-status"
          allowClear
          placeholder={t('batches.anyState')}
          aria-label={t('batches.state')}
          value={state ?? null}
          options={STATES.map((one) => ({ value: one, label: t(`batches.${one}`) }))}
          onChange={(value) => filter('state', value)}
        />
      </div>
      {batches.isError ? (
        <ProblemPanel error={batches.error} onRetry={() => void batches.refetch()} />
      ) : (
        <WideTable
          label={t('room.batches')}
          rowKey="id"
          size="middle"
          columns={columns}
          dataSource={batches.data?.items ?? []}
          loading={batches.isPending}
          locale={{ emptyText: t(task || state ? 'batches.noneSuch' : 'batches.none') }}
          pagination={{
            current: page,
            pageSize: SIZE,
            total: batches.data?.total ?? 0,
            showSizeChanger: false,
            hideOnSinglePage: true,
            onChange: (next) => filter('page', next === 1 ? undefined : String(next)),
          }}
        />
      )}
      {making && <NewBatch tasks={tasks} onClose={() => setMaking(false)} />}
    </main>
  );
}
