import { AimOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';

const LONGEST = 420;

/** Words of the contract; a click shows them there. */
export function Quote({
  quote,
  page,
  note,
  show,
  onShow,
}: {
  quote: string;
  page: number | null;
  note?: string;
  /** What a click does, where the words are no contract's. */
  show?: string;
  onShow: () => void;
}) {
  const { t } = useTranslation();
  const where = show ?? t('finding.show');
  const words = quote.length > LONGEST ? `${quote.slice(0, LONGEST).trimEnd()} …` : quote;
  return (
    <button type="button" className="quote" onClick={onShow} title={where}>
      <span className="quote-words">{words}</span>
      <span className="quote-where">
        <AimOutlined aria-hidden /> {where}
        {page !== null && ` · ${t('finding.page', { page })}`}
        {note && ` · ${note}`}
      </span>
    </button>
  );
}
