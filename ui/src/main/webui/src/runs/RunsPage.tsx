import { Checkbox, Progress, Select, type TableColumnsType } from 'antd';
import type { SorterResult } from 'antd/es/table/interface';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMe, useRuns, useTasks } from '../api/queries';
import type { Role, RunSummary } from '../api/types';
import { useLanguage } from '../i18n';
import { count, dateTime, percent, seconds } from '../i18n/format';
import { ProblemPanel } from '../shell/ProblemPanel';
import { SearchField } from '../shell/SearchField';
import { StatusSign } from '../shell/StatusSign';
import { Agreement } from './Agreement';
import { SIZE, useListing } from './useListing';
import { WideTable } from '../shell/WideTable';

const STATUSES = ['ANSWERED', 'ABSTAINED', 'FAILED'] as const;

/** Who may see how far reviewers agree; the server decides the same by itself. */
const AGREEMENT: Role[] = ['analyst', 'reviewer', 'model-owner', 'auditor'];

/** Every run that the caller may see: found, filtered and sorted by the server, its state in the address. */
export default function RunsPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { listing, page, set } = useListing();
  const runs = useRuns(listing);
  const tasks = useTasks().data ?? [];
  const seesAgreement = useMe().data?.roles.some((role) => AGREEMENT.includes(role)) ?? false;
  const title = (id: string) => tasks.find((task) => task.id === id)?.title[language] ?? id;
  const sorted = (column: string) =>
    listing.sort === column ? 'ascend' : listing.sort === `-${column}` ? 'descend' : null;

  const columns: TableColumnsType<RunSummary> = [
    {
      key: 'status',
      title: <span className="visually-hidden">{t('runs.status')}</span>,
      width: 40,
      render: (_, run) => <StatusSign status={run.status} />,
    },
    {
      key: 'name',
      title: t('runs.name'),
      sorter: true,
      sortOrder: sorted('name'),
      render: (_, run) => <Link to={`/runs/${run.id}`}>{run.name || title(run.task)}</Link>,
    },
    { key: 'task', title: t('runs.task'), render: (_, run) => title(run.task) },
    {
      key: 'confidence',
      title: t('runs.confidence'),
      width: 150,
      sorter: true,
      sortOrder: sorted('confidence'),
      render: (_, run) =>
        run.confidence == null ? (
          <span className="quiet">–</span>
        ) : (
          <span className="queue-confidence">
            <Progress
              percent={percent(run.confidence)}
              size="small"
              showInfo={false}
              aria-label={t('runs.confidence')}
            />
            {percent(run.confidence)} %
          </span>
        ),
    },
    {
      key: 'risk',
      title: <span title={t('runs.riskHint')}>{t('runs.risk')}</span>,
      width: 120,
      className: 'numeric',
      sorter: true,
      sortDirections: ['descend', 'ascend'],
      sortOrder: sorted('risk'),
      render: (_, run) => (run.stake == null ? <span className="quiet">–</span> : count(run.stake, language)),
    },
    {
      key: 'decided',
      title: t('runs.decided'),
      width: 100,
      className: 'numeric',
      render: (_, run) => (run.decided === 0 ? <span className="quiet">0</span> : run.decided),
    },
    {
      key: 'started',
      title: t('runs.started'),
      className: 'numeric',
      sorter: true,
      sortOrder: sorted('started'),
      render: (_, run) => dateTime(run.startedAt, language),
    },
    {
      key: 'duration',
      title: t('runs.duration'),
      className: 'numeric',
      sorter: true,
      sortOrder: sorted('duration'),
      render: (_, run) => t('start.seconds', { count: seconds(run.durationMillis) }),
    },
    { key: 'caller', title: t('runs.caller'), dataIndex: 'caller' },
  ];

  function sort(sorter: SorterResult<RunSummary>) {
    const column = String(sorter.columnKey ?? 'started');
    set({ sort: sorter.order ? `${sorter.order === 'descend' ? '-' : ''}${column}` : undefined });
  }

  return (
    <main id="content" className="page">
      <header className="section-head">
        <h1>{t('room.runs')}</h1>
        <p className="quiet" role="status">
          {runs.data && t('runs.count', { count: runs.data.total, text: count(runs.data.total, language) })}
        </p>
      </header>
      <div className="listing-filters" role="search">
        <SearchField
          label={t('runs.search')}
          value={listing.q ?? ''}
          onSearch={(q) => set({ q: q || undefined })}
        />
        <Select
          className="filter-task"
          allowClear
          placeholder={t('runs.anyTask')}
          aria-label={t('runs.task')}
          value={listing.task ?? null}
          options={tasks.map((task) => ({ value: task.id, label: task.title[language] }))}
          onChange={(task) => set({ task })}
        />
        <Select
          className="filter-status"
          allowClear
          placeholder={t('runs.anyStatus')}
          aria-label={t('runs.status')}
          value={listing.status ?? null}
          options={STATUSES.map((status) => ({ value: status, label: t(`run.${status}`) }))}
          onChange={(status) => set({ status })}
        />
        <Checkbox
          checked={listing.undecided === true}
          onChange={({ target }) => set({ undecided: target.checked ? 'true' : undefined })}
        >
          {t('runs.undecided')}
        </Checkbox>
      </div>
      {runs.isError ? (
        <ProblemPanel error={runs.error} onRetry={() => void runs.refetch()} />
      ) : (
        <WideTable
          label={t('room.runs')}
          rowKey="id"
          size="middle"
          columns={columns}
          dataSource={runs.data?.items ?? []}
          loading={runs.isPending || runs.isPlaceholderData}
          locale={{ emptyText: t('runs.none') }}
          pagination={{
            current: page,
            pageSize: SIZE,
            total: runs.data?.total ?? 0,
            showSizeChanger: false,
            hideOnSinglePage: true,
            onChange: (next) => set({ page: next === 1 ? undefined : String(next) }),
          }}
          onChange={(_, __, sorter, { action }) => {
            if (action === 'sort' && !Array.isArray(sorter)) sort(sorter);
          }}
        />
      )}
      {seesAgreement && <Agreement task={listing.task} from={listing.from} />}
    </main>
  );
}
