import { ReloadOutlined, WarningFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ProblemError } from '../api/client';
import { useLanguage } from '../i18n';
import { chineseProblem } from '../i18n/problems';

interface Told {
  title: string;
  detail: string;
  remedy: string | undefined;
  /** What the suite itself says to do, where the page says it in another language. */
  ownRemedy?: string | undefined;
  run?: string | undefined;
  /** Of the detail, where it is not that of the page. */
  lang?: string;
}

/** What went wrong, and what to do about it. */
export function ProblemPanel({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const told = ((): Told => {
    if (!(error instanceof ProblemError)) {
      return { title: error.name, detail: error.message, remedy: t('problem.unexpectedRemedy') };
    }
    if (error.slug === 'unreachable') {
      return { title: t('problem.unreachable'), detail: '', remedy: t('problem.unreachableRemedy') };
    }
    const { title, detail, remedy, run, status } = error.problem;
    const chinese = language === 'zh' ? chineseProblem(error.slug) : undefined;
    if (chinese) return { ...chinese, detail, ownRemedy: remedy, run, lang: 'en' };
    return title === ''
      ? { title: t('problem.unexpected', { status }), detail, remedy: t('problem.unexpectedRemedy') }
      : { title, detail, remedy, run };
  })();
  return (
    <section className="problem" role="alert">
      <WarningFilled className="problem-sign" aria-hidden />
      <div>
        <h2>{told.title}</h2>
        {told.detail !== '' && (
          <p className="problem-detail" lang={told.lang}>
            {told.detail}
          </p>
        )}
        {told.remedy && (
          <p className="problem-remedy">
            <b>{t('problem.remedy')}</b> {told.remedy}
          </p>
        )}
        {told.ownRemedy && (
          <p className="problem-detail" lang={told.lang}>
            {told.ownRemedy}
          </p>
        )}
        <div className="problem-actions">
          {onRetry && (
            <Button icon={<ReloadOutlined />} onClick={onRetry}>
              {t('problem.retry')}
            </Button>
          )}
          {told.run && <Link to={`/runs/${told.run}`}>{t('problem.openRun')}</Link>}
        </div>
      </div>
    </section>
  );
}
