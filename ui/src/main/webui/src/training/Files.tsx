import { DeleteOutlined } from '@ant-design/icons';
import { App, Button, Popconfirm, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { told } from '../api/client';
import { useLanguage } from '../i18n';
import { dateTime } from '../i18n/format';
import { ProblemPanel } from '../shell/ProblemPanel';
import { removeFile } from './api';
import { sizeOf } from './names';
import { useTrainingChange, useTrainingFiles } from './queries';
import type { TrainingFile } from './types';
import { WideTable } from '../shell/WideTable';

/** What was sent to learn from; nothing where nothing was. */
export function Files({ owner }: { owner: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const files = useTrainingFiles();
  if (files.isError) return <ProblemPanel error={files.error} onRetry={() => void files.refetch()} />;
  if (!files.data || files.data.length === 0) return null;
  const columns: TableColumnsType<TrainingFile> = [
    {
      key: 'name',
      title: t('training.name'),
      render: (_, one) => <span className="training-file">{one.name}</span>,
    },
    {
      key: 'size',
      title: t('training.size'),
      className: 'numeric',
      render: (_, one) => sizeOf(one.bytes),
    },
    {
      key: 'sha256',
      title: 'SHA-256',
      render: (_, one) => (
        <span className="mono" title={one.sha256}>
          {one.sha256.slice(0, 12)}…
        </span>
      ),
    },
    {
      key: 'at',
      title: t('training.sentAt'),
      className: 'numeric',
      render: (_, one) => dateTime(one.createdAt, language),
    },
    { key: 'by', title: t('training.by'), dataIndex: 'createdBy' },
  ];
  if (owner) {
    columns.push({
      key: 'actions',
      title: <span className="visually-hidden">{t('training.delete')}</span>,
      render: (_, one) => <Remove file={one} />,
    });
  }
  return (
    <section aria-label={t('training.files')}>
      <h2>{t('training.files')}</h2>
      <p className="quiet">{t('training.filesLead')}</p>
      <WideTable
        label={t('training.files')}
        rowKey="id"
        size="small"
        columns={columns}
        dataSource={files.data}
        pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
      />
    </section>
  );
}

function Remove({ file }: { file: TrainingFile }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const remove = useTrainingChange(removeFile);
  const { name } = file;
  return (
    <Popconfirm
      title={t('training.removeSure', { name })}
      okText={t('training.delete')}
      cancelText={t('decision.cancel')}
      okButtonProps={{ danger: true }}
      onConfirm={() =>
        remove
          .mutateAsync(file.id)
          .catch((error: unknown) => void message.error(t('training.notDone', { detail: told(error) })))
      }
    >
      <Button
        type="text"
        size="small"
        icon={<DeleteOutlined />}
        aria-label={t('training.remove', { name })}
      />
    </Popconfirm>
  );
}
