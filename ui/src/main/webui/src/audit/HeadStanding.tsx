import { Alert, Button, Popconfirm } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n';
import { count, dateTime } from '../i18n/format';
import { ProblemPanel } from '../shell/ProblemPanel';
import { LackingError } from './proof';
import { useHead } from './queries';
import { forget, isAlarm, type Standing } from './seen';

/** What a standing is in words. */
export function useStandingText() {
  const { t } = useTranslation();
  const language = useLanguage();
  return (standing: Standing): string => {
    const before = 'before' in standing ? standing.before : undefined;
    const size = before && 'size' in before ? (before.size as number) : undefined;
    return t(`audit.standing.${standing.kind}`, {
      size: 'head' in standing ? count(standing.head.size, language) : '',
      before: size === undefined ? '' : count(size, language),
      at: before ? dateTime(before.at, language) : '',
    });
  };
}

/** The log's newest head beside the last one that this browser has seen; an alarm where it does not continue it. */
export function HeadStanding() {
  const { t } = useTranslation();
  const head = useHead();
  const text = useStandingText();
  if (head.isPending) return <p className="quiet head-standing">{t('audit.checkingHead')}</p>;
  if (head.error instanceof LackingError) return <Lacking error={head.error} />;
  if (head.isError) return <ProblemPanel error={head.error} onRetry={() => void head.refetch()} />;
  const { standing } = head.data;
  return isAlarm(standing) ? (
    <Alarm standing={standing} />
  ) : (
    <p className="quiet head-standing" role="status">
      <span className="good" aria-hidden>
        ●
      </span>{' '}
      {text(standing)}
    </p>
  );
}

/** That the log is not what this browser has seen. */
export function Alarm({ standing }: { standing: Standing }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const text = useStandingText();
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={t(`audit.alarm.${standing.kind as 'fork'}`)}
      description={
        <>
          <p>{text(standing)}</p>
          <p>{t('audit.alarmRemedy')}</p>
          <Popconfirm
            title={t('audit.forgetSure')}
            okText={t('audit.forget')}
            cancelText={t('decision.cancel')}
            onConfirm={() => {
              forget();
              return client.invalidateQueries({ queryKey: ['audit'] });
            }}
          >
            <Button size="small">{t('audit.forget')}</Button>
          </Popconfirm>
        </>
      }
    />
  );
}

/** That nothing can be checked in this browser. */
export function Lacking({ error }: { error: LackingError }) {
  const { t } = useTranslation();
  return (
    <Alert
      type="warning"
      showIcon
      title={t('audit.unchecked')}
      description={t(`audit.lacks.${error.lacks}`)}
    />
  );
}
