import { diffArrays } from 'diff';
import type { Clause, ContractReview, Finding } from '../types';

/** A paragraph of a text, `[start, end)`. */
export interface Paragraph {
  start: number;
  end: number;
  text: string;
}

/** A stretch of a paragraph that both versions have, or one of them only. */
export interface Part {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

export type Change =
  | { kind: 'same'; left: Paragraph; right: Paragraph }
  | { kind: 'added'; right: Paragraph }
  | { kind: 'removed'; left: Paragraph }
  | { kind: 'changed'; left: Paragraph; right: Paragraph; parts: Part[] };

/** Paragraphs less alike than this are another clause, not a changed one. */
const LEAST_ALIKE = 0.45;
/** So many pairs of paragraphs of one stretch are weighed at most. */
const MOST_PAIRS = 40_000;
const MOST_MILLIS = 3_000;

const WORDS = new Intl.Segmenter(undefined, { granularity: 'word' });
const wordsOf = (text: string) => Array.from(WORDS.segment(text), ({ segment }) => segment);

/** A clause that got another number is set beside itself; that the number changed is shown, for it may be no number of a clause. */
const NUMBER =
  /^(?:(?:article|section|clause)\s+)?(?:\d+(?:\.\d+)*\.?|\([a-z]{1,4}\)|第[一二三四五六七八九十百零\d]+条)(?:\s+|(?<=条))/i;
const plain = ({ text }: Paragraph) => text.replace(/\s+/g, ' ').trim();
const keyOf = ({ text }: Paragraph) => text.replace(NUMBER, '').replace(/\s+/g, ' ').trim();

export function paragraphsOf(text: string): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  for (let start = 0; start < text.length;) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    const line = text.slice(start, end);
    if (line.trim() !== '') paragraphs.push({ start, end, text: line });
    start = end + 1;
  }
  return paragraphs;
}

/** Share of words that two texts have in common, by Dice, in [0, 1]. */
export function alike(left: string, right: string): number {
  const words = (text: string) => wordsOf(text).filter((word) => word.trim() !== '');
  const [a, b] = [words(left), words(right)];
  const counts = new Map<string, number>();
  for (const word of a) counts.set(word, (counts.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of b) {
    const count = counts.get(word) ?? 0;
    if (count > 0) {
      common++;
      counts.set(word, count - 1);
    }
  }
  return a.length + b.length === 0 ? 1 : (2 * common) / (a.length + b.length);
}

/** What became of the words of a paragraph. */
export function partsOf(left: string, right: string): Part[] {
  return diffArrays(wordsOf(left), wordsOf(right)).map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }));
}

/** Of a stretch that differs, which paragraphs are one another's: in order, and as alike as can be in all. */
function paired(left: Paragraph[], right: Paragraph[]): Change[] {
  const removed = left.map((one): Change => ({ kind: 'removed', left: one }));
  const added = right.map((one): Change => ({ kind: 'added', right: one }));
  if (left.length === 0 || right.length === 0 || left.length * right.length > MOST_PAIRS) {
    return [...removed, ...added];
  }
  const score = left.map((a) => right.map((b) => alike(keyOf(a), keyOf(b))));
  const weight = (i: number, j: number) => {
    const value = score[i]?.[j] ?? 0;
    return value >= LEAST_ALIKE ? value : -1;
  };
  // best[i][j]: of the paragraphs from i and j on. As for the longest common subsequence, with weights.
  const best = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0));
  const of = (i: number, j: number) => best[i]?.[j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const both = weight(i, j) > 0 ? weight(i, j) + of(i + 1, j + 1) : 0;
      (best[i] ?? [])[j] = Math.max(both, of(i + 1, j), of(i, j + 1));
    }
  }
  const changes: Change[] = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    const [a, b] = [left[i], right[j]];
    if (a && b && weight(i, j) > 0 && of(i, j) === weight(i, j) + of(i + 1, j + 1)) {
      changes.push({ kind: 'changed', left: a, right: b, parts: partsOf(a.text, b.text) });
      i++;
      j++;
    } else if (a && (!b || of(i, j) === of(i + 1, j))) {
      changes.push({ kind: 'removed', left: a });
      i++;
    } else if (b) {
      changes.push({ kind: 'added', right: b });
      j++;
    }
  }
  return changes;
}

/** What became of a text, paragraph by paragraph; a contract's paragraph is a clause or a part of one. */
export function changesOf(left: string, right: string): Change[] {
  const [a, b] = [paragraphsOf(left), paragraphsOf(right)];
  const runs = diffArrays(a.map(keyOf), b.map(keyOf), { timeout: MOST_MILLIS });
  if (!runs) return paired(a, b);
  const changes: Change[] = [];
  let [i, j] = [0, 0];
  let pending: { left: Paragraph[]; right: Paragraph[] } = { left: [], right: [] };
  const settle = () => {
    changes.push(...paired(pending.left, pending.right));
    pending = { left: [], right: [] };
  };
  for (const { value, added, removed } of runs) {
    if (removed) pending.left.push(...a.slice(i, (i += value.length)));
    else if (added) pending.right.push(...b.slice(j, (j += value.length)));
    else {
      settle();
      value.forEach(() => {
        const [one, other] = [a[i++], b[j++]];
        if (!one || !other) return;
        changes.push(
          plain(one) === plain(other)
            ? { kind: 'same', left: one, right: other }
            : { kind: 'changed', left: one, right: other, parts: partsOf(one.text, other.text) },
        );
      });
    }
  }
  settle();
  return changes;
}

/** The clauses that stand in a paragraph, the surer first. */
export function clausesIn(review: ContractReview, { start, end }: Paragraph): Clause[] {
  const seen = new Set<string>();
  return review.clauses
    .filter((clause) => clause.likely && clause.start < end && clause.end > start)
    .sort((a, b) => b.confidence - a.confidence)
    .filter(({ type }) => !seen.has(type) && seen.add(type));
}

/** Findings of two reviews. */
export interface FindingChanges {
  appeared: Finding[];
  vanished: Finding[];
  /** Of those that stay, as the right review has them. */
  stayed: Finding[];
}

/** A finding stays if the other review has one of its rule; which of several is told by their words. */
export function findingChanges(left: Finding[], right: Finding[]): FindingChanges {
  const words = (finding: Finding) => finding.evidence.map(({ quote }) => quote).join('\n');
  const open = [...left];
  const take = (finding: Finding, same: (one: Finding) => boolean) => {
    const at = open.findIndex((one) => one.rule === finding.rule && same(one));
    if (at === -1) return false;
    open.splice(at, 1);
    return true;
  };
  const alikeInWords = new Set(right.filter((one) => take(one, (other) => words(other) === words(one))));
  const appeared = right.filter((one) => !alikeInWords.has(one) && !take(one, () => true));
  return { appeared, vanished: open, stayed: right.filter((one) => !appeared.includes(one)) };
}
