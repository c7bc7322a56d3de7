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
/** So many pairs of paragraphs are weighed at most. */
const MOST_PAIRS = 40_000;
/** Paragraphs of more characters are not weighed. */
const LONGEST = 50_000;
/** For the order of paragraphs, and again for their words; what is not told apart by then is told as a whole. */
const MOST_MILLIS = 500;

const WORDS = new Intl.Segmenter(undefined, { granularity: 'word' });
/** Stretch by stretch, for a segmenter's time grows with the square of the length. */
const wordsOf = (text: string) =>
  (text.match(/[\s\S]{1,300}(?!\S)|[\s\S]{1,300}/g) ?? []).flatMap((stretch) =>
    Array.from(WORDS.segment(stretch), ({ segment }) => segment),
  );

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

/** How often each word is in a text. */
interface Bag {
  size: number;
  counts: ReadonlyMap<string, number>;
}

/** What no paragraph is alike to. */
const NOTHING: Bag = { size: Number.POSITIVE_INFINITY, counts: new Map() };

function bagOf(words: string[]): Bag {
  const counts = new Map<string, number>();
  let size = 0;
  for (const word of words) {
    if (word.trim() === '') continue;
    counts.set(word, (counts.get(word) ?? 0) + 1);
    size++;
  }
  return { size, counts };
}

/** Share of words that two texts have in common, by Dice, in [0, 1]. */
function share(a: Bag, b: Bag): number {
  const all = a.size + b.size;
  if (all === 0) return 1;
  // No more can be in common than the shorter has.
  if ((2 * Math.min(a.size, b.size)) / all < LEAST_ALIKE) return 0;
  let common = 0;
  for (const [word, count] of a.counts) common += Math.min(count, b.counts.get(word) ?? 0);
  return (2 * common) / all;
}

export const alike = (left: string, right: string): number =>
  share(bagOf(wordsOf(left)), bagOf(wordsOf(right)));

const whole = (left: string, right: string): Part[] => [
  { kind: 'removed', text: left },
  { kind: 'added', text: right },
];

/** What became of the words of a paragraph; they are told as a whole where that takes longer than `timeout`. */
export function partsOf(left: string, right: string, timeout = MOST_MILLIS): Part[] {
  if (timeout <= 0 || Math.max(left.length, right.length) > LONGEST) return whole(left, right);
  const runs = diffArrays(wordsOf(left), wordsOf(right), { timeout });
  if (!runs) return whole(left, right);
  return runs.map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }));
}

/** Which of two texts' paragraphs are the same but for their numbers, as indices, in order. */
function matches(left: Paragraph[], right: Paragraph[]): [number, number][] {
  const [a, b] = [left.map(keyOf), right.map(keyOf)];
  // What only one of them has matches nothing, and would only take time.
  const both = (own: string[], others: ReadonlySet<string>) =>
    own.flatMap((key, index) => (others.has(key) ? [{ key, index }] : []));
  const [ofLeft, ofRight] = [both(a, new Set(b)), both(b, new Set(a))];
  const runs = diffArrays(ofLeft, ofRight, {
    comparator: (one, other) => one.key === other.key,
    timeout: MOST_MILLIS,
  });
  const found: [number, number][] = [];
  let [i, j] = [0, 0];
  for (const { value, added, removed } of runs ?? []) {
    if (removed) i += value.length;
    else if (added) j += value.length;
    else {
      value.forEach(() => {
        const [one, other] = [ofLeft[i++], ofRight[j++]];
        if (one && other) found.push([one.index, other.index]);
      });
    }
  }
  return found;
}

/** What became of a text, paragraph by paragraph; a contract's paragraph is a clause or a part of one. */
export function changesOf(left: string, right: string): Change[] {
  const [a, b] = [paragraphsOf(left), paragraphsOf(right)];
  const matched = matches(a, b);
  const until = performance.now() + MOST_MILLIS;
  const millisLeft = () => until - performance.now();
  const changed = (one: Paragraph, other: Paragraph): Change => ({
    kind: 'changed',
    left: one,
    right: other,
    parts: partsOf(one.text, other.text, millisLeft()),
  });
  const bag = (one: Paragraph): Bag =>
    one.text.length > LONGEST || millisLeft() <= 0 ? NOTHING : bagOf(wordsOf(keyOf(one)));
  let pairs = MOST_PAIRS;

  /** Of a stretch that differs, which paragraphs are one another's: in order, and as alike as can be in all. */
  function paired(removed: Paragraph[], added: Paragraph[]): Change[] {
    const weighed = removed.length * added.length;
    if (weighed === 0 || weighed > pairs) {
      return [
        ...removed.map((one): Change => ({ kind: 'removed', left: one })),
        ...added.map((one): Change => ({ kind: 'added', right: one })),
      ];
    }
    pairs -= weighed;
    const bags = added.map(bag);
    const weights = removed.map((one) => {
      const own = bag(one);
      return bags.map((other) => share(own, other));
    });
    const weight = (i: number, j: number) => {
      const value = weights[i]?.[j] ?? 0;
      return value >= LEAST_ALIKE ? value : -1;
    };
    // best[i][j]: of the paragraphs from i and j on. As for the longest common subsequence, with weights.
    const best = Array.from({ length: removed.length + 1 }, () =>
      new Array<number>(added.length + 1).fill(0),
    );
    const of = (i: number, j: number) => best[i]?.[j] ?? 0;
    for (let i = removed.length - 1; i >= 0; i--) {
      for (let j = added.length - 1; j >= 0; j--) {
        const both = weight(i, j) > 0 ? weight(i, j) + of(i + 1, j + 1) : 0;
        (best[i] ?? [])[j] = Math.max(both, of(i + 1, j), of(i, j + 1));
      }
    }
    const changes: Change[] = [];
    let [i, j] = [0, 0];
    while (i < removed.length || j < added.length) {
      const [one, other] = [removed[i], added[j]];
      if (one && other && weight(i, j) > 0 && of(i, j) === weight(i, j) + of(i + 1, j + 1)) {
        changes.push(changed(one, other));
        i++;
        j++;
      } else if (one && (!other || of(i, j) === of(i + 1, j))) {
        changes.push({ kind: 'removed', left: one });
        i++;
      } else if (other) {
        changes.push({ kind: 'added', right: other });
        j++;
      }
    }
    return changes;
  }

  const changes: Change[] = [];
  let [i, j] = [0, 0];
  for (const [atLeft, atRight] of matched) {
    changes.push(...paired(a.slice(i, atLeft), b.slice(j, atRight)));
    const [one, other] = [a[atLeft], b[atRight]];
    if (one && other) {
      changes.push(
        plain(one) === plain(other) ? { kind: 'same', left: one, right: other } : changed(one, other),
      );
    }
    [i, j] = [atLeft + 1, atRight + 1];
  }
  changes.push(...paired(a.slice(i), b.slice(j)));
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
