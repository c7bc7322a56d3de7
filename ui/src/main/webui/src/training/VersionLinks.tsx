import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TrainedVersion } from './types';

/** The candidates that came of a training, each with the page where it is measured and approved. */
export function VersionLinks({ versions }: { versions: TrainedVersion[] }) {
  const { t } = useTranslation();
  return (
    <ul className="training-versions">
      {versions.map(({ role, number }) => (
        <li key={role}>
          <Link to={`/models/${role}`}>{t('training.version', { role, number })}</Link>
        </li>
      ))}
    </ul>
  );
}
