import { PlusOutlined, ScheduleOutlined } from '@ant-design/icons';
import { Button, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useBatches, useMe, useTasks } from '../api/queries';
import type { Batch } from '../api/types';
import { useLanguage } from '../i18n';
import { dateTime } from '../i18n/format';
import { ProblemPanel } from '../shell/ProblemPanel';
import { BatchProgress, StateTag } from './BatchProgress';
import { NewBatch } from './NewBatch';
import './batches.css';

const SIZE = 20;

/** The batches of the house, newest first. */
export default function BatchesPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const [params, setParams] = useSearchParams();
  const page = Math.max(1, Math.floor(Number(params.get('page') ?? 1)) || 1);
  const batches = useBatches((page - 1) * SIZE, SIZE);
  const tasks = useTasks().data ?? [];
  const operator = useMe().data?.roles.includes('operator') === true;
  const [making, setMaking] = useState(false);
  const title = (id: string) => tasks.find((task) => task.id === id)?.title[language] ?? id;
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
      {batches.isError ? (
        <ProblemPanel error={batches.error} onRetry={() => void batches.refetch()} />
      ) : (
        <Table
          className="wide-table"
          rowKey="id"
          size="middle"
          columns={columns}
          dataSource={batches.data?.items ?? []}
          loading={batches.isPending}
          scroll={{ x: 'max-content' }}
          locale={{ emptyText: t('batches.none') }}
          pagination={{
            current: page,
            pageSize: SIZE,
            total: batches.data?.total ?? 0,
            showSizeChanger: false,
            hideOnSinglePage: true,
            onChange: (next) => setParams(next === 1 ? {} : { page: String(next) }),
          }}
        />
      )}
      {making && <NewBatch tasks={tasks} onClose={() => setMaking(false)} />}
    </main>
  );
}
