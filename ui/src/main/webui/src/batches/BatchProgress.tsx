import { Progress, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Batch, BatchState } from '../api/types';
import { useLanguage } from '../i18n';
import { count } from '../i18n/format';
import { timeLeft } from './timeLeft';

const COLOURS = { RUNNING: 'processing', PAUSED: 'warning', CANCELLED: 'default', ENDED: 'success' } as const;

export function StateTag({ state }: { state: BatchState }) {
  const { t } = useTranslation();
  return <Tag color={COLOURS[state]}>{t(`batches.${state}`)}</Tag>;
}

/** How far a batch is, and for how long it will go on. */
export function BatchProgress({ batch }: { batch: Batch }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const done = batch.answered + batch.abstained + batch.failed;
  return (
    <div className="batch-progress">
      <Progress
        percent={Math.floor((100 * done) / batch.total)}
        size="small"
        showInfo={false}
        status="normal"
        aria-label={t('batches.progress')}
      />
      <span className="numeric">
        {t('batches.of', { done: count(done, language), total: count(batch.total, language) })}
        {batch.secondsLeft !== undefined && done < batch.total && (
          <span className="quiet"> · {t('batches.left', { time: timeLeft(batch.secondsLeft) })}</span>
        )}
      </span>
    </div>
  );
}
