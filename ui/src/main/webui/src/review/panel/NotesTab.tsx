import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n';
import { dateTime, percent } from '../../i18n/format';
import type { ContractReview } from '../types';

/** How the document was read, and who changed what in it. */
export function NotesTab({ review }: { review: ContractReview }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const scanned = review.pages.filter((page) => page.scanned);
  if (review.notes.length + scanned.length + review.changes.length === 0) {
    return <p className="quiet padded">{t('note.none')}</p>;
  }
  return (
    <div className="padded notes">
      {review.notes.length + scanned.length > 0 && (
        <>
          <h3>{t('note.reading')}</h3>
          <ul>
            {review.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
            {scanned.map((page) => (
              <li key={page.number}>
                {t('note.scanned', { page: page.number, percent: percent(page.ocrConfidence) })}
              </li>
            ))}
          </ul>
        </>
      )}
      {review.changes.length > 0 && (
        <>
          <h3>{t('note.changes')}</h3>
          <ol className="changes">
            {review.changes.map((change, index) => (
              <li key={index}>
                <span className="quiet small">
                  {t(change.kind === 'DELETED' ? 'document.deleted' : 'document.inserted')}
                  {change.author && ` · ${change.author}`}
                  {change.date && ` · ${dateTime(change.date, language)}`}
                </span>
                {change.kind === 'DELETED' ? <del>{change.text}</del> : <ins>{change.text}</ins>}
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}
