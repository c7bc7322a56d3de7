import { Progress, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { timeLeft } from '../batches/timeLeft';
import { doingIn } from './doing';
import { secondsLeft } from './left';
import type { Training, TrainingState } from './types';

const COLOURS = {
  QUEUED: 'default',
  RUNNING: 'processing',
  SUCCEEDED: 'success',
  FAILED: 'error',
  CANCELLED: 'default',
} as const;

export function StateTag({ state }: { state: TrainingState }) {
  const { t } = useTranslation();
  return <Tag color={COLOURS[state]}>{t(`training.states.${state}`)}</Tag>;
}

/**
 * How far a training is and for how long it will go on; of one that is over, how long it took.
 *
 * @param asOf when the training was asked for, in milliseconds since 1970
 */
export function JobProgress({ training, asOf }: { training: Training; asOf: number }) {
  const { t } = useTranslation();
  const { state, share, doing, startedAt, endedAt } = training;
  if (state === 'QUEUED') return <span className="quiet">{t('training.waits')}</span>;
  if (state !== 'RUNNING') {
    const took = startedAt && endedAt ? (Date.parse(endedAt) - Date.parse(startedAt)) / 1000 : undefined;
    return (
      <span className="quiet numeric">
        {took === undefined ? '–' : t('training.took', { time: timeLeft(took) })}
      </span>
    );
  }
  const left = secondsLeft(training, asOf);
  return (
    <div className="training-progress">
      <Progress
        percent={Math.floor(100 * share)}
        size="small"
        status="normal"
        aria-label={t('training.progress')}
      />
      <span className="quiet">
        {doing ? doingIn(t, doing) : t('training.beginning')}
        {left !== undefined && ` · ${t('training.left', { time: timeLeft(left) })}`}
      </span>
    </div>
  );
}
