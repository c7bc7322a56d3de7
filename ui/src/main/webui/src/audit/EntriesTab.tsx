import { Input, Select, type TableColumnsType } from 'antd';
import type { SorterResult } from 'antd/es/table/interface';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useTasks } from '../api/queries';
import { AUDIT_KINDS, type AuditEntry, type AuditLeaf } from '../api/types';
import { useLanguage } from '../i18n';
import { count, dateTime } from '../i18n/format';
import { useAddress } from '../runs/useListing';
import { ProblemPanel } from '../shell/ProblemPanel';
import { SearchField } from '../shell/SearchField';
import { KindTag } from './KindTag';
import { listingOf, SIZE } from './listing';
import { useAuditEntries } from './queries';
import { WideTable } from '../shell/WideTable';

/** The entries of the house: found, filtered and sorted by the server, its state in the address. */
export function EntriesTab() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { search } = useLocation();
  const { params, set } = useAddress();
  const { listing, page } = listingOf(params);
  const entries = useAuditEntries(listing);
  const tasks = useTasks().data ?? [];
  const title = (id: string) => tasks.find((task) => task.id === id)?.title[language] ?? id;
  const sorted = (column: string) => {
    const sort = listing.sort ?? '-time';
    return sort === column ? 'ascend' : sort === `-${column}` ? 'descend' : null;
  };
  const told =
    (of: (leaf: AuditLeaf) => ReactNode) =>
    (_: unknown, { leaf }: AuditEntry) =>
      typeof leaf === 'string' ? <span className="bad">{t('audit.unreadable')}</span> : of(leaf);

  const columns: TableColumnsType<AuditEntry> = [
    {
      key: 'seq',
      title: t('audit.number'),
      className: 'numeric',
      width: 90,
      render: (_, { seq }) => (
        <Link to={`/audit/${seq}`} state={search} aria-label={t('audit.openEntry', { seq })}>
          {count(seq, language)}
        </Link>
      ),
    },
    {
      key: 'time',
      title: t('audit.logged'),
      className: 'numeric',
      sorter: true,
      sortOrder: sorted('time'),
      render: told(({ logged }) => dateTime(logged, language)),
    },
    {
      key: 'kind',
      title: t('audit.kind'),
      sorter: true,
      sortOrder: sorted('kind'),
      render: told(({ entry }) => <KindTag kind={entry.kind} />),
    },
    {
      key: 'actor',
      title: t('audit.actor'),
      sorter: true,
      sortOrder: sorted('actor'),
      render: told(({ entry }) => <span className="audit-text">{entry.actor}</span>),
    },
    {
      key: 'task',
      title: t('audit.task'),
      render: told(({ entry }) => (entry.task ? title(entry.task) : '')),
    },
    {
      key: 'about',
      title: t('audit.about'),
      render: told(({ entry }) => (
        <span className="audit-about">
          <span className="mono">{entry.subject}</span>
          {entry.detail && <span className="quiet">{Object.values(entry.detail).join(' · ')}</span>}
        </span>
      )),
    },
  ];

  const typed = (name: string) => ({
    value: params.get(name) ?? '',
    onSearch: (text: string) => set({ [name]: text || undefined }),
  });

  function sort(sorter: SorterResult<AuditEntry>) {
    const column = String(sorter.columnKey ?? 'time');
    const next = sorter.order ? `${sorter.order === 'descend' ? '-' : ''}${column}` : undefined;
    set({ sort: next === '-time' ? undefined : next });
  }

  return (
    <div className="audit-tab">
      <div className="listing-filters" role="search">
        <SearchField label={t('audit.search')} {...typed('q')} />
        <Select
          className="filter-status"
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('audit.anyKind')}
          aria-label={t('audit.kind')}
          value={listing.kind ?? null}
          options={AUDIT_KINDS.map((kind) => ({ value: kind, label: t(`audit.kinds.${kind}`) }))}
          onChange={(kind) => set({ kind })}
        />
        <Select
          className="filter-task"
          allowClear
          placeholder={t('runs.anyTask')}
          aria-label={t('audit.task')}
          value={listing.task ?? null}
          options={tasks.map((task) => ({ value: task.id, label: task.title[language] }))}
          onChange={(task) => set({ task })}
        />
        <SearchField plain className="filter-word" label={t('audit.actor')} {...typed('actor')} />
        <SearchField plain className="filter-word" label={t('audit.record')} {...typed('record')} />
        <span className="audit-period">
          {(['from', 'to'] as const).map((name) => (
            <label key={name}>
              {t(`audit.${name}`)}
              <Input
                type="date"
                value={params.get(name) ?? ''}
                onChange={({ target }) => set({ [name]: target.value || undefined })}
              />
            </label>
          ))}
        </span>
      </div>
      <p className="quiet" role="status">
        {entries.data &&
          t('audit.count', { count: entries.data.total, text: count(entries.data.total, language) })}
      </p>
      {entries.isError ? (
        <ProblemPanel error={entries.error} onRetry={() => void entries.refetch()} />
      ) : (
        <WideTable
          label={t('audit.entries')}
          rowKey="seq"
          size="middle"
          columns={columns}
          dataSource={entries.data?.items ?? []}
          loading={entries.isPending || entries.isPlaceholderData}
          locale={{ emptyText: t('audit.none') }}
          pagination={{
            current: page,
            pageSize: SIZE,
            total: entries.data?.total ?? 0,
            showSizeChanger: false,
            hideOnSinglePage: true,
            onChange: (next) => set({ page: next === 1 ? undefined : String(next) }),
          }}
          onChange={(_, __, sorter, { action }) => {
            if (action === 'sort' && !Array.isArray(sorter)) sort(sorter);
          }}
        />
      )}
    </div>
  );
}
