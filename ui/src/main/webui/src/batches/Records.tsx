import { Select, Tag, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useBatchRecords } from '../api/queries';
import type { Batch, BatchRecord, RunStatus } from '../api/types';
import { percent } from '../i18n/format';
import { ProblemPanel } from '../shell/ProblemPanel';
import { StatusSign } from '../shell/StatusSign';
import { WideTable } from '../shell/WideTable';

const SIZE = 25;
const STATUSES = ['ANSWERED', 'ABSTAINED', 'FAILED'] as const;

function totalOf(batch: Batch, status: RunStatus | undefined): number {
  if (!status) return batch.total;
  return { ANSWERED: batch.answered, ABSTAINED: batch.abstained, FAILED: batch.failed }[status];
}

/** The records of a batch, each with its run; page and filter stand in the address. */
export function Records({ id, batch }: { id: string; batch: Batch }) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const page = Math.max(1, Math.floor(Number(params.get('page') ?? 1)) || 1);
  const status = STATUSES.find((one) => one === params.get('status'));
  const done = batch.answered + batch.abstained + batch.failed;
  const records = useBatchRecords(id, status, page, SIZE, done);
  const columns: TableColumnsType<BatchRecord> = [
    {
      key: 'status',
      title: <span className="visually-hidden">{t('batches.outcome')}</span>,
      width: 40,
      render: (_, record) =>
        record.status ? (
          <StatusSign status={record.status} />
        ) : (
          <span className="quiet" role="img" aria-label={t('batches.waiting')}>
            …
          </span>
        ),
    },
    {
      key: 'name',
      title: t('batches.name'),
      render: (_, record) => (
        <>
          {record.run ? <Link to={`/runs/${record.run}`}>{record.name}</Link> : record.name}{' '}
          {record.changed && <Tag color="warning">{t('batches.differs')}</Tag>}
        </>
      ),
    },
    {
      key: 'confidence',
      title: t('runs.confidence'),
      className: 'numeric',
      render: (_, record) =>
        record.confidence === undefined ? (
          <span className="quiet">–</span>
        ) : (
          `${percent(record.confidence)} %`
        ),
    },
    {
      key: 'why',
      title: t('batches.why'),
      render: (_, record) => record.failure?.detail ?? record.reason ?? '',
    },
  ];
  function set(changes: Record<string, string | undefined>) {
    const given = Object.entries({ status, ...changes }).filter(([, value]) => value !== undefined);
    setParams(Object.fromEntries(given) as Record<string, string>);
  }
  return (
    <section aria-label={t('batches.records')} className="batch-records">
      <div className="section-head">
        <h2>{t('batches.records')}</h2>
        <Select
          className="filter-status"
          allowClear
          placeholder={t('batches.anyStatus')}
          aria-label={t('batches.outcome')}
          value={status ?? null}
          options={STATUSES.map((one) => ({ value: one, label: t(`run.${one}`) }))}
          onChange={(one) => set({ status: one })}
        />
      </div>
      {records.isError ? (
        <ProblemPanel error={records.error} onRetry={() => void records.refetch()} />
      ) : (
        <WideTable
          label={t('batches.records')}
          rowKey="position"
          size="small"
          columns={columns}
          dataSource={records.data ?? []}
          loading={records.isPending}
          locale={{ emptyText: t('batches.noRecords') }}
          pagination={{
            current: page,
            pageSize: SIZE,
            total: totalOf(batch, status),
            showSizeChanger: false,
            hideOnSinglePage: true,
            onChange: (next) => set({ page: next === 1 ? undefined : String(next) }),
          }}
        />
      )}
    </section>
  );
}
