import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Task } from '../api/types';
import { useLanguage } from '../i18n';

/** Asks for a task. */
export function TaskItem({ tasks }: { tasks: Task[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <Form.Item
      name="task"
      label={t('sources.task')}
      rules={[{ required: true, message: t('sources.needsTask') }]}
    >
      <Select options={tasks.map((one) => ({ value: one.id, label: one.title[language] }))} />
    </Form.Item>
  );
}
