import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { putRoute } from '../api/client';
import { useRouteChange } from '../api/queries';
import { ProblemPanel } from '../shell/ProblemPanel';
import { fieldsOf, targetOf, type TargetFields } from './targets';
import type { Backend, Route } from './types';

interface Fields {
  name: string;
  targets: TargetFields[];
  maxAnswerTokens: number;
  cache?: number | null;
}

/** Adds a model, or changes where the one given runs; settings that it does not show stay as they are. */
export function RouteForm({
  route,
  backends,
  currency,
  onClose,
}: {
  route: Route | null;
  backends: Backend[];
  currency: string;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const put = useRouteChange(putRoute);
  const before = route?.settings;
  const needed = { required: true, whitespace: true, message: t('servers.required') };
  const wide = { style: { width: '100%' } };
  return (
    <Modal
      open
      width={640}
      title={route ? t('servers.changeServer', { name: route.name }) : t('servers.addModel')}
      okText={t('servers.save')}
      cancelText={t('decision.cancel')}
      confirmLoading={put.isPending}
      onCancel={onClose}
      okButtonProps={{ htmlType: 'submit', form: 'route' }}
    >
      {put.isError && <ProblemPanel error={put.error} />}
      <Form
        name="route"
        layout="vertical"
        requiredMark={false}
        initialValues={{
          name: route?.name,
          targets: before?.targets.map(fieldsOf) ?? [{ backend: backends[0]?.name, weight: 1 }],
          maxAnswerTokens: before?.maxAnswerTokens ?? 4096,
          cache: before?.cache,
        }}
        onFinish={({ name, targets, maxAnswerTokens, cache }: Fields) =>
          put.mutate(
            {
              of: 'models',
              name: name.trim(),
              isNew: !route,
              settings: {
                ...before,
                targets: targets.map((fields) => targetOf(fields, before?.targets ?? [])),
                maxAnswerTokens,
                cache: cache ?? null,
              },
            },
            { onSuccess: onClose },
          )
        }
      >
        <Form.Item name="name" label={t('servers.name')} rules={[needed]}>
          <Input autoComplete="off" maxLength={200} disabled={!!route} />
        </Form.Item>
        <Form.List name="targets">
          {(fields, { add, remove }) => (
            <>
              {fields.map(({ key, name }, at) => (
                <fieldset key={key} className="route-target">
                  <legend>{t('servers.targetOf', { number: at + 1 })}</legend>
                  {fields.length > 1 && (
                    <Button
                      size="small"
                      type="text"
                      icon={<DeleteOutlined />}
                      aria-label={t('servers.removeTarget', { number: at + 1 })}
                      onClick={() => remove(name)}
                    />
                  )}
                  <div className="route-pair">
                    <Form.Item name={[name, 'backend']} label={t('servers.server')} rules={[needed]}>
                      <Select options={backends.map((one) => ({ value: one.name }))} />
                    </Form.Item>
                    <Form.Item
                      name={[name, 'model']}
                      label={t('servers.there')}
                      extra={t('servers.thereHint')}
                    >
                      <Input autoComplete="off" maxLength={200} />
                    </Form.Item>
                  </div>
                  <div className="route-pair">
                    <Form.Item name={[name, 'weight']} label={t('servers.weight')}>
                      <InputNumber min={0} {...wide} />
                    </Form.Item>
                    <Form.Item
                      name={[name, 'input']}
                      label={t('servers.priceIn')}
                      extra={t('servers.priceHint')}
                    >
                      <InputNumber min={0} suffix={currency} {...wide} />
                    </Form.Item>
                    <Form.Item
                      name={[name, 'output']}
                      label={t('servers.priceOut')}
                      extra={t('servers.priceHint')}
                    >
                      <InputNumber min={0} suffix={currency} {...wide} />
                    </Form.Item>
                  </div>
                </fieldset>
              ))}
              <Button
                icon={<PlusOutlined />}
                onClick={() => add({ backend: backends[0]?.name, weight: 1 })}
                className="route-another"
              >
                {t('servers.addTarget')}
              </Button>
            </>
          )}
        </Form.List>
        <div className="route-pair">
          <Form.Item
            name="maxAnswerTokens"
            label={t('servers.maxAnswerTokens')}
            extra={t('servers.maxAnswerTokensHint')}
          >
            <InputNumber min={1} precision={0} {...wide} />
          </Form.Item>
          <Form.Item name="cache" label={t('servers.cache')} extra={t('servers.cacheHint')}>
            <InputNumber min={1} precision={0} {...wide} />
          </Form.Item>
        </div>
      </Form>
    </Modal>
  );
}
