import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

const SHOWN = 3;

interface Happened {
  key: string;
  label: string;
  batch?: string | undefined;
  refused?: string | undefined;
}

/** The newest things that happened: each with its batch, or why there is none. */
export function Latest({ items }: { items: Happened[] }) {
  const { t } = useTranslation();
  if (items.length === 0) return <span className="quiet">{t('sources.none')}</span>;
  return (
    <ul className="latest">
      {items.slice(0, SHOWN).map(({ key, label, batch, refused }) => (
        <li key={key}>
          {batch ? <Link to={`/batches/${batch}`}>{label}</Link> : label}
          {refused && <span className="refused">{refused}</span>}
        </li>
      ))}
    </ul>
  );
}
