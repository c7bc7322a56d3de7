import { type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSourceFiles, useWatchedFolders } from '../api/queries';
import type { WatchedFolder } from '../api/types';
import { ProblemPanel } from '../shell/ProblemPanel';
import { Latest } from './Latest';
import { RemoveSource } from './RemoveSource';
import { WideTable } from '../shell/WideTable';

/** Watched folders, each with what became of its newest files. */
export function Folders({ title, operator }: { title: (task: string) => string; operator: boolean }) {
  const { t } = useTranslation();
  const folders = useWatchedFolders();
  const columns: TableColumnsType<WatchedFolder> = [
    {
      key: 'folder',
      title: t('sources.folder'),
      render: (_, one) => (
        <>
          <b className="source-name">{one.folder}</b>
          <span className="quiet">{title(one.task)}</span>
          {one.stopped && <span className="refused">{t('sources.stopped', { why: one.stopped })}</span>}
        </>
      ),
    },
    { key: 'latest', title: t('sources.latest'), render: (_, one) => <Files id={one.id} /> },
    { key: 'by', title: t('sources.by'), dataIndex: 'createdBy' },
  ];
  if (operator) {
    columns.push({
      key: 'actions',
      title: <span className="visually-hidden">{t('sources.actions')}</span>,
      render: (_, { id, folder }) => <RemoveSource of="batch-sources" id={id} name={folder} />,
    });
  }
  return folders.isError ? (
    <ProblemPanel error={folders.error} onRetry={() => void folders.refetch()} />
  ) : (
    <WideTable
      label={t('sources.folders')}
      rowKey="id"
      size="middle"
      columns={columns}
      dataSource={folders.data ?? []}
      loading={folders.isPending}
      locale={{ emptyText: t('sources.noFolders') }}
      pagination={{ pageSize: 20, hideOnSinglePage: true }}
    />
  );
}

function Files({ id }: { id: string }) {
  const files = useSourceFiles(id).data ?? [];
  return (
    <Latest
      items={files.map(({ name, at, batch, refused }) => ({ key: at + name, label: name, batch, refused }))}
    />
  );
}
