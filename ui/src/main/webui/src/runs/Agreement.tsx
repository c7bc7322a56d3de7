import { useTranslation } from 'react-i18next';
import { useAgreement } from '../api/queries';
import { useLanguage } from '../i18n';
import { count, percent } from '../i18n/format';
import { ProblemPanel } from '../shell/ProblemPanel';
import './agreement.css';

/** How far first and second reviewers agree, on the runs of a task or of all, reviewed since a moment. */
export function Agreement({ task, from }: { task: string | undefined; from: string | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const agreement = useAgreement(task, from);
  return (
    <section aria-labelledby="agreement" className="agreement">
      <h2 id="agreement">{t('runs.agreement.title')}</h2>
      {agreement.isError ? (
        <ProblemPanel error={agreement.error} onRetry={() => void agreement.refetch()} />
      ) : agreement.data && agreement.data.reviews > 0 ? (
        <>
          <dl className="card agreement-figures">
            <div>
              <dt>{t('runs.agreement.reviews')}</dt>
              <dd>{count(agreement.data.reviews, language)}</dd>
            </div>
            <div>
              <dt>{t('runs.agreement.agreed')}</dt>
              <dd>
                {percent(agreement.data.agreed / agreement.data.reviews)} %
                <span className="quiet">{count(agreement.data.agreed, language)}</span>
              </dd>
            </div>
            <div>
              <dt>{t('runs.agreement.kappa')}</dt>
              <dd>
                {agreement.data.kappa ? agreement.data.kappa.value.toFixed(2) : '–'}
                <span className="quiet">
                  {agreement.data.kappa
                    ? t('runs.agreement.interval', {
                        low: agreement.data.kappa.low.toFixed(2),
                        high: agreement.data.kappa.high.toFixed(2),
                      })
                    : t('runs.agreement.noKappa')}
                </span>
              </dd>
            </div>
          </dl>
          <p className="quiet">{t('runs.agreement.explained')}</p>
        </>
      ) : (
        agreement.data && <p className="quiet">{t('runs.agreement.none')}</p>
      )}
    </section>
  );
}
