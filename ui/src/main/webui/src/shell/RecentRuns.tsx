import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRuns } from '../api/queries';
import { useLanguage } from '../i18n';
import { dateTime } from '../i18n/format';
import { useTaskTitle } from '../run/useTaskTitle';
import { ProblemPanel } from './ProblemPanel';
import { StatusSign } from './StatusSign';

export function RecentRuns({ limit, onOpen }: { limit: number; onOpen?: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const title = useTaskTitle();
  const runs = useRuns({ limit });
  if (runs.isPending) return <Skeleton active style={{ padding: 16 }} />;
  if (runs.isError) return <ProblemPanel error={runs.error} onRetry={() => void runs.refetch()} />;
  if (runs.data.items.length === 0) return <p className="quiet padded">{t('start.recentEmpty')}</p>;
  return (
    <ul className="run-list">
      {runs.data.items.map((run) => (
        <li key={run.id}>
          <Link to={`/runs/${run.id}`} onClick={onOpen}>
            <StatusSign status={run.status} />
            <span className="run-name">{run.name || title(run.task)}</span>
            <span className="run-when">
              {dateTime(run.startedAt, language)} · {run.caller}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
