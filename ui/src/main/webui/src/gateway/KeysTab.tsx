import { PlusOutlined } from '@ant-design/icons';
import { Alert, App, Button, Form, Input, InputNumber, Modal, Popconfirm, Typography } from 'antd';
import type { TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useIssueKey, useKeys, useRevokeKey, useUsage } from '../api/queries';
import type { ApiKey, NewKey } from '../api/types';
import { useLanguage } from '../i18n';
import { count, dateTime, money } from '../i18n/format';
import { told } from '../api/client';
import { ProblemPanel } from '../shell/ProblemPanel';
import { WideTable } from '../shell/WideTable';

/** Keys of outside programs: made, shown once, ended. */
export function KeysTab() {
  const { t } = useTranslation();
  const language = useLanguage();
  const keys = useKeys();
  const currency = useUsage('day').data?.currency ?? 'CNY';
  const revoke = useRevokeKey();
  const { message } = App.useApp();
  const [making, setMaking] = useState(false);
  const limit = (value: number | null) => (value === null ? t('gateway.noLimit') : count(value, language));
  const columns: TableColumnsType<ApiKey> = [
    { key: 'name', title: t('gateway.keyName'), dataIndex: 'name' },
    {
      key: 'minute',
      title: t('gateway.perMinute'),
      className: 'numeric',
      render: (_, key) => limit(key.requestsPerMinute),
    },
    {
      key: 'concurrent',
      title: t('gateway.concurrent'),
      className: 'numeric',
      render: (_, key) => limit(key.concurrentRequests),
    },
    {
      key: 'day',
      title: t('gateway.perDay'),
      className: 'numeric',
      render: (_, key) => limit(key.tokensPerDay),
    },
    {
      key: 'money',
      title: t('gateway.moneyPerDay'),
      className: 'numeric',
      render: (_, key) =>
        key.moneyPerDay === null ? t('gateway.noLimit') : money(key.moneyPerDay, currency, language),
    },
    {
      key: 'made',
      title: t('gateway.made'),
      render: (_, key) => t('gateway.madeBy', { time: dateTime(key.createdAt, language), by: key.createdBy }),
    },
    {
      key: 'end',
      title: t('gateway.state'),
      render: (_, key) =>
        key.revokedAt ? (
          <span className="quiet">{t('gateway.revoked', { time: dateTime(key.revokedAt, language) })}</span>
        ) : (
          <Popconfirm
            title={t('gateway.revokeSure', { name: key.name })}
            okText={t('gateway.revoke')}
            cancelText={t('decision.cancel')}
            onConfirm={() =>
              revoke.mutateAsync(key.id).catch((error: unknown) => {
                message.error(t('gateway.revokeFailed', { detail: told(error) }));
              })
            }
          >
            <Button size="small" danger aria-label={t('gateway.revokeKey', { name: key.name })}>
              {t('gateway.revoke')}
            </Button>
          </Popconfirm>
        ),
    },
  ];
  return (
    <div className="gateway-tab">
      <div className="section-head">
        <p className="quiet">{t('gateway.keysLead')}</p>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
          {t('gateway.newKey')}
        </Button>
      </div>
      {keys.isError ? (
        <ProblemPanel error={keys.error} onRetry={() => void keys.refetch()} />
      ) : (
        <WideTable
          label={t('gateway.keys')}
          rowKey="id"
          size="middle"
          columns={columns}
          dataSource={keys.data ?? []}
          loading={keys.isPending}
          pagination={{ pageSize: 20, hideOnSinglePage: true }}
          locale={{ emptyText: t('gateway.noKeys') }}
        />
      )}
      {making && <NewKeyForm currency={currency} onClose={() => setMaking(false)} />}
    </div>
  );
}

function NewKeyForm({ currency, onClose }: { currency: string; onClose: () => void }) {
  const { t } = useTranslation();
  const issue = useIssueKey();
  const [form] = Form.useForm<NewKey>();
  const number = { min: 1, precision: 0, style: { width: '100%' }, placeholder: t('gateway.noLimit') };
  return (
    <Modal
      open
      title={t('gateway.newKey')}
      onCancel={onClose}
      mask={{ closable: !issue.data }}
      footer={
        issue.data ? (
          <Button type="primary" onClick={onClose}>
            {t('gateway.keyKept')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{t('decision.cancel')}</Button>
            <Button type="primary" loading={issue.isPending} onClick={() => form.submit()}>
              {t('gateway.make')}
            </Button>
          </>
        )
      }
    >
      {issue.data ? (
        <div className="new-secret">
          <Alert type="warning" showIcon title={t('gateway.onlyOnce')} />
          <Typography.Paragraph copyable code className="secret">
            {issue.data.secret}
          </Typography.Paragraph>
        </div>
      ) : (
        <Form form={form} layout="vertical" onFinish={(key) => issue.mutate(key)}>
          {issue.isError && <ProblemPanel error={issue.error} />}
          <Form.Item
            name="name"
            label={t('gateway.keyName')}
            rules={[{ required: true, whitespace: true, message: t('signIn.required') }]}
          >
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name="requestsPerMinute" label={t('gateway.perMinute')}>
            <InputNumber {...number} />
          </Form.Item>
          <Form.Item name="concurrentRequests" label={t('gateway.concurrent')}>
            <InputNumber {...number} />
          </Form.Item>
          <Form.Item name="tokensPerDay" label={t('gateway.perDay')}>
            <InputNumber {...number} />
          </Form.Item>
          <Form.Item name="moneyPerDay" label={t('gateway.moneyPerDay')}>
            <InputNumber {...number} min={0.01} precision={2} suffix={currency} />
          </Form.Item>
        </Form>
      )}
    </Modal>
  );
}
