import { useTranslation } from 'react-i18next';
import { percent } from '../../i18n/format';
import { pageAt } from '../items';
import type { ContractReview } from '../types';
import { ocrOf } from './ocr';
import { Quote } from './Quote';

/** A passage of the contract: on which page, and where OCR read it, how sure that is and which words to check. */
export function PassageQuote({
  review,
  passage,
  note,
  onShow,
}: {
  review: ContractReview;
  passage: { start: number; end: number; quote: string };
  note?: string;
  onShow: () => void;
}) {
  const { t } = useTranslation();
  const ocr = ocrOf(review, passage);
  const notes = [
    note,
    ocr && t('document.scanned', { percent: percent(ocr.confidence) }),
    ocr && ocr.doubtful.length > 0 && t('document.check', { words: ocr.doubtful.join(', ') }),
  ].filter(Boolean);
  return (
    <Quote
      quote={passage.quote}
      page={pageAt(review, passage.start)}
      {...(notes.length > 0 ? { note: notes.join(' · ') } : {})}
      onShow={onShow}
    />
  );
}
