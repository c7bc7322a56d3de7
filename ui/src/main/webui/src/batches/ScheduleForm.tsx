import { Form, Input, Modal, Radio, Select } from 'antd';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { addSchedule, told } from '../api/client';
import { useSchedulePreview, useSourceChange } from '../api/queries';
import type { RunStatus, Task } from '../api/types';
import { useLanguage } from '../i18n';
import { ProblemPanel } from '../shell/ProblemPanel';
import { TaskItem } from './TaskItem';
import { inZone } from './inZone';
import { shared } from './shared';

const STATUSES: RunStatus[] = ['ANSWERED', 'ABSTAINED', 'FAILED'];

interface Values {
  name: string;
  task: string;
  kind: 'folder' | 'runs';
  folder?: string;
  period?: string;
  status?: RunStatus;
  cron: string;
  zone: string;
}

const zones = () => [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];

/** Asks when batches shall begin, and of what. */
export function ScheduleForm({ tasks, onClose }: { tasks: Task[]; onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const add = useSourceChange(addSchedule);
  const [form] = Form.useForm<Values>();
  const kind = Form.useWatch<Values['kind'] | undefined>('kind', form) ?? 'folder';
  const cron = Form.useWatch<string | undefined>('cron', form);
  const zone = Form.useWatch<string | undefined>('zone', form);

  function save({ name, task, folder, period, status, ...timetable }: Values) {
    add.mutate(
      {
        name,
        task,
        cron: timetable.cron,
        zone: timetable.zone,
        ...(kind === 'folder'
          ? { folder: folder ?? '' }
          : { runs: { period: period ?? '', ...(status && { status }) } }),
        fields: kind === 'folder' ? shared(tasks, task, language) : {},
      },
      { onSuccess: onClose },
    );
  }

  return (
    <Modal
      open
      title={t('sources.newSchedule')}
      okText={t('sources.save')}
      cancelText={t('decision.cancel')}
      confirmLoading={add.isPending}
      onCancel={onClose}
      okButtonProps={{ htmlType: 'submit', form: 'source' }}
    >
      {add.isError && <ProblemPanel error={add.error} />}
      <Form
        name="source"
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          kind: 'folder',
          cron: '0 2 * * *',
          zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
          period: 'P7D',
        }}
        onFinish={save}
      >
        <Form.Item
          name="name"
          label={t('sources.name')}
          rules={[{ required: true, whitespace: true, message: t('sources.needsName') }]}
        >
          <Input autoComplete="off" maxLength={100} />
        </Form.Item>
        <TaskItem tasks={tasks} />
        <Form.Item name="kind" label={t('sources.kind')}>
          <Radio.Group
            options={[
              { value: 'folder', label: t('sources.ofFolder') },
              { value: 'runs', label: t('sources.ofRuns') },
            ]}
          />
        </Form.Item>
        {kind === 'folder' ? (
          <Form.Item
            name="folder"
            label={t('sources.folder')}
            extra={t('sources.folderHint')}
            rules={[{ required: true, message: t('sources.needsFolder') }]}
          >
            <Input autoComplete="off" maxLength={800} />
          </Form.Item>
        ) : (
          <div className="schedule-pair">
            <Form.Item
              name="period"
              label={t('sources.period')}
              extra={t('sources.periodHint')}
              rules={[{ required: true, message: t('sources.needsPeriod') }]}
            >
              <Input autoComplete="off" maxLength={30} />
            </Form.Item>
            <Form.Item name="status" label={t('sources.status')}>
              <Select
                allowClear
                placeholder={t('sources.anyStatus')}
                options={STATUSES.map((one) => ({ value: one, label: t(`run.${one}`) }))}
              />
            </Form.Item>
          </div>
        )}
        <div className="schedule-pair">
          <Form.Item name="cron" label={t('sources.cron')}>
            <Input autoComplete="off" maxLength={100} className="mono" aria-describedby="cron-hint" />
          </Form.Item>
          <Form.Item name="zone" label={t('sources.zone')}>
            <Select showSearch options={zones().map((one) => ({ value: one, label: one }))} />
          </Form.Item>
        </div>
        <p id="cron-hint" className="quiet">
          {t('sources.cronHint')}
        </p>
        {cron && zone && <Preview cron={cron} zone={zone} />}
      </Form>
    </Modal>
  );
}

/** The next times, as the server reads the expression; or what is wrong with it. */
function Preview({ cron, zone }: { cron: string; zone: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const preview = useSchedulePreview(useDeferredValue(cron), zone);
  return (
    <div className="schedule-preview" aria-live="polite">
      {preview.isError ? (
        <p className="refused">{told(preview.error)}</p>
      ) : (
        <>
          <p>{t('sources.preview')}</p>
          <ol>
            {preview.data?.next.map((time) => (
              <li key={time} className="numeric">
                {inZone(time, zone, language)}
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}
