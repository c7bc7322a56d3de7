import {
  CaretRightOutlined,
  DownloadOutlined,
  FilePdfOutlined,
  Html5Outlined,
  LeftOutlined,
  PauseOutlined,
  RedoOutlined,
  StopOutlined,
} from '@ant-design/icons';
import { App, Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { batchReportUrl, batchResultsUrl, steerBatch, told } from '../api/client';
import { useBatch, useBatchChange, useMe, useTasks } from '../api/queries';
import { holds } from '../api/rights';
import type { Batch } from '../api/types';
import { useLanguage } from '../i18n';
import { count, dateTime } from '../i18n/format';
import { Loading } from '../shell/Loading';
import { ProblemPanel } from '../shell/ProblemPanel';
import { BatchProgress, StateTag } from './BatchProgress';
import { Records } from './Records';
import { Report } from './Report';
import './batches.css';

/** One batch: how far it is, what steers it, its report and its records. */
export default function BatchPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const language = useLanguage();
  const batch = useBatch(id);
  const tasks = useTasks().data ?? [];
  const me = useMe().data;
  if (batch.isPending) return <Loading />;
  if (batch.isLoadingError) {
    return (
      <main id="content" className="centred">
        <ProblemPanel error={batch.error} onRetry={() => void batch.refetch()} />
      </main>
    );
  }
  const one = batch.data;
  const done = one.answered + one.abstained + one.failed;
  const figures = [
    ['answered', one.answered],
    ['abstained', one.abstained],
    ['failed', one.failed],
    ['waiting', one.total - done],
  ] as const;
  return (
    <main id="content" className="page batch">
      <header className="batch-head">
        <div>
          <Link to="/batches" className="batch-back">
            <LeftOutlined aria-hidden /> {t('room.batches')}
          </Link>
          <h1>{one.name}</h1>
          <p className="quiet">
            <StateTag state={one.state} />{' '}
            {tasks.find((task) => task.id === one.task)?.title[language] ?? one.task} ·{' '}
            {dateTime(one.createdAt, language)} · {one.createdBy}
            {one.purpose && ` · ${one.purpose}`}
            {one.remote && ` · ${t('batches.remote')}`}
          </p>
        </div>
        <Actions batch={one} operator={holds(me, ['operator'], one.task)} />
      </header>
      <section className="card batch-figures" aria-label={t('batches.progress')}>
        <BatchProgress batch={one} />
        <dl>
          {figures.map(([name, figure]) => (
            <div key={name} className={`figure-${name}`}>
              <dt>{t(`batches.${name}`)}</dt>
              <dd>{count(figure, language)}</dd>
            </div>
          ))}
        </dl>
      </section>
      {done > 0 && <Report id={id} asOf={asOf(one, done)} />}
      <Records id={id} batch={one} />
    </main>
  );
}

/** Changes when the report is worth asking for anew: it is made from all results. */
const asOf = (batch: Batch, done: number) =>
  batch.state === 'RUNNING' ? Math.ceil((10 * done) / batch.total) : `${batch.state} ${done}`;

function Actions({ batch, operator }: { batch: Batch; operator: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const steer = useBatchChange((step: Parameters<typeof steerBatch>[1]) => steerBatch(batch.id, step));
  const step = (name: Parameters<typeof steerBatch>[1]) =>
    steer
      .mutateAsync(name)
      .catch((error: unknown) => void message.error(t('batches.changed', { detail: told(error) })));
  return (
    <div className="batch-actions">
      {operator && batch.state === 'RUNNING' && (
        <Button icon={<PauseOutlined />} onClick={() => void step('pause')}>
          {t('batches.pause')}
        </Button>
      )}
      {operator && batch.state === 'PAUSED' && (
        <Button type="primary" icon={<CaretRightOutlined />} onClick={() => void step('resume')}>
          {t('batches.resume')}
        </Button>
      )}
      {operator && (batch.state === 'RUNNING' || batch.state === 'PAUSED') && (
        <Popconfirm
          title={t('batches.cancelSure')}
          okText={t('batches.cancel')}
          cancelText={t('decision.cancel')}
          onConfirm={() => step('cancellation')}
        >
          <Button danger icon={<StopOutlined />}>
            {t('batches.cancel')}
          </Button>
        </Popconfirm>
      )}
      {operator && batch.failed > 0 && batch.state !== 'CANCELLED' && (
        <Button icon={<RedoOutlined />} onClick={() => void step('rerun')}>
          {t('batches.rerun')}
        </Button>
      )}
      <Button icon={<DownloadOutlined />} href={batchResultsUrl(batch.id)}>
        {t('batches.results')}
      </Button>
      <Button icon={<FilePdfOutlined />} href={batchReportUrl(batch.id, 'pdf', language)}>
        {t('batches.reportPdf')}
      </Button>
      <Button icon={<Html5Outlined />} href={batchReportUrl(batch.id, 'html', language)}>
        {t('batches.reportHtml')}
      </Button>
    </div>
  );
}
