import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n';
import { count, dateTime } from '../i18n/format';
import type { Training } from './types';

/** What a training was given: its data, its seed, and when it was run. */
export function About({ training }: { training: Training }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { fileName, recipe, dataSha256, seed, priority, attempts, startedAt, endedAt } = training;
  const name = fileName ?? t('training.operatorData', { recipe });
  return (
    <section className="card training-card" aria-label={t('training.about')}>
      <h2>{t('training.about')}</h2>
      <dl className="training-about">
        <div className="training-data">
          <dt>{t('training.data')}</dt>
          <dd>{name}</dd>
        </div>
        <div className="training-data">
          <dt>SHA-256</dt>
          <dd className={dataSha256 ? 'mono' : 'quiet'}>{dataSha256 ?? t('training.unread')}</dd>
        </div>
        <div>
          <dt>{t('training.seed')}</dt>
          <dd>{seed}</dd>
        </div>
        <div>
          <dt>{t('training.attempts')}</dt>
          <dd>{count(attempts, language)}</dd>
        </div>
        {priority !== 0 && (
          <div>
            <dt>{t('training.priority')}</dt>
            <dd>{priority}</dd>
          </div>
        )}
        {startedAt && (
          <div>
            <dt>{t('training.started')}</dt>
            <dd>{dateTime(startedAt, language)}</dd>
          </div>
        )}
        {endedAt && (
          <div>
            <dt>{t('training.ended')}</dt>
            <dd>{dateTime(endedAt, language)}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}
