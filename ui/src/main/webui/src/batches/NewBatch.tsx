import { InboxOutlined } from '@ant-design/icons';
import { Button, Form, Modal, Select, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { createBatch } from '../api/client';
import { useBatchChange } from '../api/queries';
import type { Task } from '../api/types';
import { useLanguage } from '../i18n';
import { ProblemPanel } from '../shell/ProblemPanel';

/** Asks for a task and files with records. */
export function NewBatch({ tasks, onClose }: { tasks: Task[]; onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const create = useBatchChange(createBatch);
  const [task, setTask] = useState<string>();
  const [files, setFiles] = useState<File[]>([]);
  const [missing, setMissing] = useState(false);
  const chosen = tasks.find((one) => one.id === task);

  function start() {
    setMissing(true);
    if (!chosen || files.length === 0) return;
    const form = new FormData();
    form.append('task', chosen.id);
    if (chosen.inputSchema.properties?.language) form.append('language', language);
    files.forEach((file) => form.append('records', file));
    create.mutate(form, { onSuccess: (batch) => void navigate(`/batches/${batch.id}`) });
  }

  return (
    <Modal
      open
      title={t('batches.new')}
      onCancel={onClose}
      mask={{ closable: files.length === 0 }}
      footer={
        <>
          <Button onClick={onClose}>{t('decision.cancel')}</Button>
          <Button type="primary" loading={create.isPending} onClick={start}>
            {t('batches.start')}
          </Button>
        </>
      }
    >
      <Form layout="vertical" component="div">
        {create.isError && <ProblemPanel error={create.error} />}
        <Form.Item
          label={t('batches.task')}
          htmlFor="batch-task"
          {...(missing && !chosen ? { validateStatus: 'error', help: t('batches.needsTask') } : {})}
        >
          <Select
            id="batch-task"
            value={task ?? null}
            options={tasks.map((one) => ({ value: one.id, label: one.title[language] }))}
            onChange={setTask}
          />
          {chosen && (
            <p className="quiet">
              {t('batches.takes', { members: Object.keys(chosen.inputSchema.properties ?? {}).join(', ') })}
            </p>
          )}
        </Form.Item>
        <Form.Item
          {...(missing && files.length === 0
            ? { validateStatus: 'error', help: t('batches.needsFiles') }
            : {})}
        >
          <Upload.Dragger
            multiple
            showUploadList={false}
            beforeUpload={(file) => {
              setFiles((before) => [...before, file]);
              return Upload.LIST_IGNORE;
            }}
          >
            <p className="ant-upload-drag-icon" aria-hidden>
              <InboxOutlined />
            </p>
            <p className="ant-upload-text">{t('batches.drop')}</p>
            <p className="ant-upload-hint">{t('batches.dropHint')}</p>
          </Upload.Dragger>
        </Form.Item>
        {files.length > 0 && (
          <p role="status">
            {t('batches.chosen', { count: files.length })}:{' '}
            {files
              .slice(0, 5)
              .map((file) => file.name)
              .join(', ')}
            {files.length > 5 && '…'}
          </p>
        )}
      </Form>
    </Modal>
  );
}
