import { useTranslation } from 'react-i18next';
import { ProblemError } from '../api/client';
import type { Run } from '../api/types';
import { words } from '../i18n/format';
import { ProblemPanel } from '../shell/ProblemPanel';

/** A run that failed or abstained. */
export function Unanswered({ run }: { run: Run }) {
  const { t } = useTranslation();
  const { code, detail, remedy } = run.failure ?? { code: '', detail: run.reason ?? '', remedy: '' };
  const title = run.failure ? words(code) : t('run.abstained');
  const error = new ProblemError({ type: `urn:baigong:problem:${code}`, title, status: 0, detail, remedy });
  return <ProblemPanel error={error} />;
}
