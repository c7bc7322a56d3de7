import { Form, Input, InputNumber, Modal, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { putRoute } from '../api/client';
import { useRouteChange } from '../api/queries';
import { ProblemPanel } from '../shell/ProblemPanel';
import { textOf } from './targets';
import type { Backend, BackendSettings } from './types';

/** Adds a server, or changes the one given. */
export function BackendForm({ backend, onClose }: { backend: Backend | null; onClose: () => void }) {
  const { t } = useTranslation();
  const put = useRouteChange(putRoute);
  const needed = { required: true, whitespace: true, message: t('servers.required') };
  return (
    <Modal
      open
      title={backend ? t('servers.changeServer', { name: backend.name }) : t('servers.addServer')}
      okText={t('servers.save')}
      cancelText={t('decision.cancel')}
      confirmLoading={put.isPending}
      onCancel={onClose}
      okButtonProps={{ htmlType: 'submit', form: 'backend' }}
    >
      {put.isError && <ProblemPanel error={put.error} />}
      <Form
        name="backend"
        layout="vertical"
        requiredMark={false}
        initialValues={{
          protocol: 'OPENAI',
          zone: 'house',
          connections: 256,
          queue: 1024,
          ...backend?.settings,
          name: backend?.name,
        }}
        onFinish={({ name, secret, ...settings }: BackendSettings & { name: string }) =>
          put.mutate(
            {
              of: 'backends',
              name: name.trim(),
              isNew: !backend,
              settings: { ...settings, secret: textOf(secret) },
            },
            { onSuccess: onClose },
          )
        }
      >
        <Form.Item name="name" label={t('servers.name')} rules={[needed]}>
          <Input autoComplete="off" maxLength={63} disabled={!!backend} />
        </Form.Item>
        <Form.Item name="url" label={t('servers.url')} extra={t('servers.urlHint')} rules={[needed]}>
          <Input autoComplete="off" inputMode="url" maxLength={500} />
        </Form.Item>
        <Form.Item name="protocol" label={t('servers.protocol')}>
          <Select
            options={[
              { value: 'OPENAI', label: t('servers.openai') },
              { value: 'KSERVE', label: t('servers.kserve') },
            ]}
          />
        </Form.Item>
        <Form.Item name="secret" label={t('servers.secret')} extra={t('servers.secretHint')}>
          <Input autoComplete="off" maxLength={100} placeholder={t('servers.noSecret')} />
        </Form.Item>
        <Form.Item name="zone" label={t('servers.zone')} extra={t('servers.zoneHint')} rules={[needed]}>
          <Input autoComplete="off" maxLength={100} />
        </Form.Item>
        <Form.Item name="maskPersonalData" label={t('servers.mask')} valuePropName="checked">
          <Switch />
        </Form.Item>
        <div className="route-pair">
          <Form.Item name="connections" label={t('servers.connections')}>
            <InputNumber min={1} max={65536} precision={0} style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="queue" label={t('servers.queue')}>
            <InputNumber min={1} max={1_000_000} precision={0} style={{ width: '100%' }} />
          </Form.Item>
        </div>
      </Form>
    </Modal>
  );
}
