import { Button, Progress, Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { percent } from '../i18n/format';
import { useElapsed } from './useStart';

/** How far a run is: the share sent, then the time since. */
export function Running({ sent, what, onCancel }: { sent: number; what?: string; onCancel: () => void }) {
  const { t } = useTranslation();
  const elapsed = useElapsed();
  const sending = sent > 0 && sent < 1;
  return (
    <div className="running">
      <div className="running-line">
        {!sending && <Spin size="small" />}
        <span role="status">
          {sending ? t('start.sending', { percent: percent(sent) }) : (what ?? t('start.running'))}
        </span>
        <span className="quiet" aria-hidden>
          {t('start.seconds', { count: elapsed })}
        </span>
        <Button size="small" onClick={onCancel}>
          {t('start.cancel')}
        </Button>
      </div>
      {sending && <Progress percent={percent(sent)} size="small" showInfo={false} />}
    </div>
  );
}
