import type { ContractReview } from '../types';

/** OCR reads a word wrong more often than not below this confidence. */
const SURE = 0.8;
/** Most words to name; the rest is for the page itself to show. */
const MOST = 5;

/** How sure OCR is of a passage, by its words, and of which words it is not; null where a text layer was read. */
export function ocrOf(review: ContractReview, { start, end }: { start: number; end: number }) {
  const words = (review.ocrWords ?? []).filter((word) => word.start < end && word.end > start);
  if (words.length === 0) return null;
  return {
    confidence: words.reduce((sum, word) => sum + word.confidence, 0) / words.length,
    doubtful: words
      .filter((word) => word.confidence < SURE)
      .slice(0, MOST)
      .map((word) => review.text.slice(word.start, word.end)),
  };
}
