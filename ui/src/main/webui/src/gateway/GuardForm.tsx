import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber, Modal, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { putRoute } from '../api/client';
import { useRouteChange } from '../api/queries';
import { ProblemPanel } from '../shell/ProblemPanel';
import { textOf } from './targets';
import { fieldsOf, topicsOf, type TopicFields } from './topics';
import type { Guard, GuardSettings } from './types';

type Fields = Omit<GuardSettings, 'blockedTopics'> & { name: string; topics: TopicFields[] };

/** Says what is kept to in the calls of a tenant, or changes it. */
export function GuardForm({ guard, onClose }: { guard: Guard | null; onClose: () => void }) {
  const { t } = useTranslation();
  const put = useRouteChange(putRoute);
  return (
    <Modal
      open
      title={guard ? t('servers.changeServer', { name: guard.name }) : t('guards.add')}
      okText={t('servers.save')}
      cancelText={t('decision.cancel')}
      confirmLoading={put.isPending}
      onCancel={onClose}
      okButtonProps={{ htmlType: 'submit', form: 'guard' }}
    >
      {put.isError && <ProblemPanel error={put.error} />}
      <Form
        name="guard"
        layout="vertical"
        requiredMark={false}
        initialValues={{
          zones: [],
          guardrails: [],
          ...guard?.settings,
          name: guard?.name,
          topics: fieldsOf(guard?.settings.blockedTopics ?? {}),
        }}
        onFinish={({ name, topics, labelProducer, ...settings }: Fields) =>
          put.mutate(
            {
              of: 'guards',
              name: name.trim(),
              isNew: !guard,
              settings: {
                ...settings,
                blockedTopics: topicsOf(topics),
                labelProducer: textOf(labelProducer),
              },
            },
            { onSuccess: onClose },
          )
        }
      >
        <Form.Item
          name="name"
          label={t('guards.tenant')}
          rules={[{ required: true, whitespace: true, message: t('servers.required') }]}
        >
          <Input autoComplete="off" maxLength={63} disabled={!!guard} />
        </Form.Item>
        <Form.Item name="zones" label={t('guards.zones')} extra={t('guards.zonesHint')}>
          <Select mode="tags" tokenSeparators={[',', '，']} open={false} suffix={null} />
        </Form.Item>
        <Form.Item name="maskPersonalData" label={t('guards.mask')} valuePropName="checked">
          <Switch />
        </Form.Item>
        <Topics />
        <Form.Item
          name="maxPromptCharacters"
          label={t('guards.characters')}
          extra={t('guards.charactersHint')}
        >
          <InputNumber min={1} max={2_000_000_000} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="checkSchema" label={t('guards.schema')} valuePropName="checked">
          <Switch />
        </Form.Item>
        <Form.Item name="labelProducer" label={t('guards.label')} extra={t('guards.labelHint')}>
          <Input autoComplete="off" maxLength={200} />
        </Form.Item>
        <Form.Item name="guardrails" label={t('guards.rails')} extra={t('guards.railsHint')}>
          <Select mode="tags" tokenSeparators={[',', '，']} open={false} suffix={null} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** Topics, each with its phrases; a phrase may hold any sign. */
function Topics() {
  const { t } = useTranslation();
  return (
    <Form.Item label={t('guards.topics')} extra={t('guards.topicsHint')}>
      <Form.List name="topics">
        {(rows, { add, remove }) => (
          <>
            {rows.map(({ key, name }, index) => (
              <div key={key} className="topic-row">
                <Form.Item
                  name={[name, 'topic']}
                  rules={[{ required: true, whitespace: true, message: t('servers.required') }]}
                >
                  <Input
                    autoComplete="off"
                    maxLength={100}
                    placeholder={t('guards.topic')}
                    aria-label={t('guards.topicOf', { number: index + 1 })}
                  />
                </Form.Item>
                <Form.Item name={[name, 'phrases']}>
                  <Select
                    mode="tags"
                    tokenSeparators={['\n']}
                    open={false}
                    suffix={null}
                    placeholder={t('guards.phrases')}
                    aria-label={t('guards.phrasesOf', { number: index + 1 })}
                  />
                </Form.Item>
                <Button
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={t('guards.removeTopic', { number: index + 1 })}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            <Button icon={<PlusOutlined aria-hidden />} onClick={() => add({ topic: '', phrases: [] })}>
              {t('guards.addTopic')}
            </Button>
          </>
        )}
      </Form.List>
    </Form.Item>
  );
}
