import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAlarms } from './queries';
import { wantsSomebody } from './types';

/** A line while alarms of machines wait for somebody. */
export function OpenAlarms() {
  const { t } = useTranslation();
  const count = useAlarms().data?.filter(wantsSomebody).length ?? 0;
  if (count === 0) return null;
  return (
    <Link to="/alarms" className="card open-alarms">
      {t('alarms.waiting', { count })}
    </Link>
  );
}
