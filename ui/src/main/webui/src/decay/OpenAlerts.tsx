import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useDecay } from './queries';
import { openAlerts } from './summary';
import './decay.css';

/** A line while alerts are open. */
export function OpenAlerts() {
  const { t } = useTranslation();
  const count = openAlerts(useDecay().data?.tasks ?? []);
  return (
    count > 0 && (
      <Link to="/models#decay" className="card decay-open">
        {t('decay.open', { count })}
      </Link>
    )
  );
}
