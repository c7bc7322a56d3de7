import { ImportOutlined, UploadOutlined } from '@ant-design/icons';
import { App, Button, Form, Input, InputNumber, Modal, Progress, Space, Tag, Timeline, Upload } from 'antd';
import type { TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  importBundle,
  modelArtifactUrl,
  modelBundleUrl,
  modelReportUrl,
  registerModel,
  rollBackModel,
  stepModel,
  told,
} from '../api/client';
import { useModelChange, useModelHistory, useModelVersions } from '../api/queries';
import type { ModelEvent, RegisteredVersion, VersionGate } from './types';
import { useLanguage } from '../i18n';
import { dateTime } from '../i18n/format';
import { ProblemPanel } from '../shell/ProblemPanel';
import { WideTable } from '../shell/WideTable';
import { Comparison } from './Comparison';
import { sharesInWords, shown } from './figures';
import { LineageSection } from './LineageSection';

const COLOURS = {
  CANDIDATE: 'default',
  APPROVED: 'processing',
  SERVING: 'success',
  RETIRED: 'default',
} as const;

/** What a person is about to do, and has to give a reason for. */
interface Wish {
  title: string;
  /** Whether a share of the runs is asked for beside the reason. */
  shared?: boolean;
  change: (reason: string, percent: number) => Promise<unknown>;
}

/** The versions of a role: registered, measured, approved, promoted, rolled back, retired. */
export function Versions({ role }: { role: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const versions = useModelVersions(role);
  const { message } = App.useApp();
  const [wish, setWish] = useState<Wish>();
  const change = useModelChange((begin: () => Promise<unknown>) => begin());
  const act = (begin: () => Promise<unknown>) =>
    change.mutateAsync(begin).catch((error: unknown) => {
      message.error(t('models.failed', { detail: told(error) }));
    });
  const step = (version: RegisteredVersion, name: string, body: object) => () =>
    stepModel(role, version.number, name, body);
  const columns: TableColumnsType<RegisteredVersion> = [
    {
      key: 'number',
      title: t('models.number'),
      render: (_, one) => `${one.number} · ${one.name} ${one.label}`,
    },
    {
      key: 'state',
      title: t('models.state'),
      render: (_, one) => (
        <Tag color={COLOURS[one.state]}>
          {one.state === 'SERVING' && one.share < 100
            ? t('models.servingShare', { percent: one.share })
            : t(`models.states.${one.state}`)}
        </Tag>
      ),
    },
    { key: 'gates', title: t('models.gates'), render: (_, one) => <Gates version={one} /> },
    {
      key: 'registered',
      title: t('models.registered'),
      render: (_, one) =>
        t('models.registeredBy', { time: dateTime(one.registeredAt, language), by: one.registeredBy }),
    },
    {
      key: 'do',
      title: '',
      render: (_, one) => (
        <Actions
          version={one}
          onMeasure={(benchmark) => void act(step(one, 'evaluations', { benchmark }))}
          onApprove={() =>
            one.gates.length > 0 && one.gates.every((gate) => gate.passed)
              ? void act(step(one, 'approval', {}))
              : setWish({
                  title: t('models.override'),
                  change: (override) => step(one, 'approval', { override })(),
                })
          }
          onReason={(name, title) => setWish({ title, change: (reason) => step(one, name, { reason })() })}
          onPromote={(title) =>
            setWish({
              title,
              shared: true,
              change: (reason, percent) => step(one, 'promotion', { reason, percent })(),
            })
          }
          artifact={modelArtifactUrl(role, one.number)}
          bundle={modelBundleUrl(role, one.number)}
          report={modelReportUrl(role, one.number, language)}
        />
      ),
    },
  ];
  return (
    <section aria-label={t('models.versions')} className="model-versions">
      <div className="section-head">
        <div>
          <h2>{t('models.versions')}</h2>
          <p className="quiet">{t('models.versionsLead')}</p>
        </div>
        <Space wrap>
          {versions.data?.some((one) => one.state === 'SERVING') && (
            <Button
              onClick={() =>
                setWish({ title: t('models.rollBack'), change: (reason) => rollBackModel(role, reason) })
              }
            >
              {t('models.rollBack')}
            </Button>
          )}
          <Upload
            accept=".zip"
            showUploadList={false}
            beforeUpload={(file) => {
              void act(() => registerModel(role, file));
              return false;
            }}
          >
            <Button icon={<UploadOutlined />} loading={change.isPending} title={t('models.registerHint')}>
              {t('models.register')}
            </Button>
          </Upload>
          <Upload
            accept=".zip"
            showUploadList={false}
            beforeUpload={(file) => {
              void act(() => importBundle(role, file));
              return false;
            }}
          >
            <Button icon={<ImportOutlined />} loading={change.isPending} title={t('models.importHint')}>
              {t('models.importBundle')}
            </Button>
          </Upload>
        </Space>
      </div>
      {versions.isError ? (
        <ProblemPanel error={versions.error} onRetry={() => void versions.refetch()} />
      ) : (
        <WideTable
          label={t('models.versions')}
          rowKey="number"
          size="middle"
          columns={columns}
          dataSource={versions.data ?? []}
          loading={versions.isPending}
          pagination={{ pageSize: 10, hideOnSinglePage: true }}
          locale={{ emptyText: t('models.noVersions') }}
        />
      )}
      {versions.data && versions.data.length > 0 && <Comparison role={role} versions={versions.data} />}
      {versions.data && versions.data.length > 0 && <LineageSection role={role} versions={versions.data} />}
      <History role={role} />
      {wish && <Reason wish={wish} onClose={() => setWish(undefined)} />}
    </section>
  );
}

function Gates({ version }: { version: RegisteredVersion }) {
  const { t } = useTranslation();
  const result = (gate: VersionGate) =>
    gate.measured
      ? gate.passed
        ? `${shown(gate.measured)} ${t('models.passed')}`
        : gate.broken.length > 0
          ? t('models.brokenFloor', {
              measured: shown(gate.measured),
              floor: gate.floor,
              groups: gate.broken.map((one) => `${one.dimension} ${one.name}`).join(', '),
            })
          : t('models.missed', { measured: shown(gate.measured) })
      : t('models.unmeasured');
  return (
    <ul className="model-gates">
      {version.gates.length === 0 && <li className="quiet">{t('models.noGates')}</li>}
      {version.gates.map((gate) => (
        <li key={`${gate.benchmark} ${gate.metric}`} className={gate.passed ? 'gate-passed' : 'gate-open'}>
          {t('models.gate', {
            metric: gate.metric,
            benchmark: gate.benchmark,
            bound: t(`models.bounds.${gate.bound}`),
            limit: gate.limit,
          })}
          : <strong>{result(gate)}</strong>
        </li>
      ))}
      {version.measuring.map((one) => (
        <li key={one.benchmark}>
          {one.failure ? (
            t('models.measureFailed', { benchmark: one.benchmark, failure: one.failure })
          ) : (
            <>
              {t('models.measuring', { benchmark: one.benchmark })}
              <Progress
                percent={Math.round(one.share * 100)}
                size="small"
                aria-label={t('models.measuring', { benchmark: one.benchmark })}
              />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

interface ActionsProps {
  version: RegisteredVersion;
  artifact: string;
  bundle: string;
  report: string;
  onMeasure: (benchmark: string) => void;
  onApprove: () => void;
  onReason: (step: string, title: string) => void;
  onPromote: (title: string) => void;
}

function Actions(props: ActionsProps) {
  const { version, artifact, bundle, report, onMeasure, onApprove, onReason, onPromote } = props;
  const { t } = useTranslation();
  const { number, state, share } = version;
  const named = (action: string) => t('models.actionOf', { action, number });
  return (
    <Space wrap size="small">
      {state !== 'RETIRED' &&
        version.benchmarks.map((benchmark) => (
          <Button key={benchmark} size="small" onClick={() => onMeasure(benchmark)}>
            {t('models.measure', { benchmark })}
          </Button>
        ))}
      {state === 'CANDIDATE' && (
        <Button size="small" aria-label={named(t('models.approve'))} onClick={onApprove}>
          {t('models.approve')}
        </Button>
      )}
      {(state === 'APPROVED' || (state === 'SERVING' && share < 100)) && (
        <Button
          size="small"
          type={state === 'APPROVED' ? 'primary' : 'default'}
          aria-label={named(t(state === 'APPROVED' ? 'models.promote' : 'models.changeShare'))}
          onClick={() => onPromote(named(t(state === 'APPROVED' ? 'models.promote' : 'models.changeShare')))}
        >
          {t(state === 'APPROVED' ? 'models.promote' : 'models.changeShare')}
        </Button>
      )}
      {(state === 'CANDIDATE' || state === 'APPROVED') && (
        <Button
          size="small"
          danger
          aria-label={named(t('models.retire'))}
          onClick={() => onReason('retirement', named(t('models.retire')))}
        >
          {t('models.retire')}
        </Button>
      )}
      <a href={report} aria-label={named(t('models.report'))}>
        {t('models.report')}
      </a>
      <a href={artifact} aria-label={named(t('models.download'))}>
        {t('models.download')}
      </a>
      <a href={bundle} aria-label={named(t('models.bundle'))}>
        {t('models.bundle')}
      </a>
    </Space>
  );
}

function Reason({ wish, onClose }: { wish: Wish; onClose: () => void }) {
  const { t } = useTranslation();
  const change = useModelChange(({ reason, percent = 100 }: { reason: string; percent?: number }) =>
    wish.change(reason, percent),
  );
  const [form] = Form.useForm<{ reason: string; percent?: number }>();
  return (
    <Modal
      open
      title={wish.title}
      okText={wish.title}
      cancelText={t('decision.cancel')}
      confirmLoading={change.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={(given) => change.mutate(given, { onSuccess: onClose })}>
        {change.isError && <ProblemPanel error={change.error} />}
        {wish.shared && (
          <Form.Item
            name="percent"
            label={t('models.share')}
            extra={t('models.shareHint')}
            initialValue={100}
            rules={[{ required: true, message: t('signIn.required') }]}
          >
            <InputNumber min={1} max={100} precision={0} suffix="%" />
          </Form.Item>
        )}
        <Form.Item
          name="reason"
          label={t('models.reason')}
          extra={t('models.reasonHint')}
          rules={[{ required: true, whitespace: true, message: t('signIn.required') }]}
        >
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function History({ role }: { role: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const history = useModelHistory(role).data ?? [];
  if (history.length === 0) return null;
  const words = (event: ModelEvent) => {
    const { number, benchmark } = event;
    const name =
      event.type === 'approved' && event.reason
        ? 'overridden'
        : event.type === 'rolled-back' && number === 0
          ? 'rolled-back-shipped'
          : event.type === 'evaluated' && number === 0
            ? 'evaluated-shipped'
            : event.type;
    return t(`models.events.${name}`, { number, benchmark });
  };
  return (
    <>
      <h3>{t('models.history')}</h3>
      <Timeline
        items={history.map((event) => ({
          content: (
            <>
              {words(event)}
              {event.shares && ` (${sharesInWords(event.shares, t)})`}{' '}
              <span className="quiet">
                {t('models.registeredBy', { time: dateTime(event.at, language), by: event.by })}
              </span>
              {event.reason && <p>{event.reason}</p>}
            </>
          ),
        }))}
      />
    </>
  );
}
