import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { watchFolder } from '../api/client';
import { useSourceChange } from '../api/queries';
import type { Task } from '../api/types';
import { useLanguage } from '../i18n';
import { ProblemPanel } from '../shell/ProblemPanel';
import { TaskItem } from './TaskItem';
import { shared } from './shared';

/** Asks for a task and a folder to watch. */
export function FolderForm({ tasks, onClose }: { tasks: Task[]; onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const add = useSourceChange(watchFolder);
  return (
    <Modal
      open
      title={t('sources.watch')}
      okText={t('sources.save')}
      cancelText={t('decision.cancel')}
      confirmLoading={add.isPending}
      onCancel={onClose}
      okButtonProps={{ htmlType: 'submit', form: 'source' }}
    >
      {add.isError && <ProblemPanel error={add.error} />}
      <Form
        name="source"
        layout="vertical"
        requiredMark={false}
        onFinish={({ task, folder }: { task: string; folder: string }) =>
          add.mutate({ task, folder, fields: shared(tasks, task, language) }, { onSuccess: onClose })
        }
      >
        <TaskItem tasks={tasks} />
        <Form.Item
          name="folder"
          label={t('sources.folder')}
          extra={t('sources.folderHint')}
          rules={[{ required: true, message: t('sources.needsFolder') }]}
        >
          <Input autoComplete="off" maxLength={800} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
