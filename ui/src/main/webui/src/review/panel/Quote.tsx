import { AimOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';

const LONGEST = 420;

/** Words of the contract; a click shows them there. */
export function Quote({
  quote,
  page,
  note,
  onShow,
}: {
  quote: string;
  page: number | null;
  note?: string;
  onShow: () => void;
}) {
  const { t } = useTranslation();
  const words = quote.length > LONGEST ? `${quote.slice(0, LONGEST).trimEnd()} …` : quote;
  return (
    <button type="button" className="quote" onClick={onShow} title={t('finding.show')}>
      <span className="quote-words">{words}</span>
      <span className="quote-where">
        <AimOutlined aria-hidden /> {t('finding.show')}
        {page !== null && ` · ${t('finding.page', { page })}`}
        {note && ` · ${note}`}
      </span>
    </button>
  );
}
