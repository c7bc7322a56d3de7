import type { ContractReview, Passage, Region, Severity } from './types';

export type ItemKind = 'finding' | 'fact' | 'clause';

/** A place in the document that stands for an item. */
export interface Mark {
  item: string;
  kind: ItemKind;
  start: number;
  end: number;
  regions: Region[];
  title: string;
  severity?: Severity;
  /** Looked at for a missing clause, not itself at fault. */
  nearest: boolean;
}

export const factId = (index: number) => `fact${index + 1}`;

/** Which sort of item an id names. */
export function kindOf(review: ContractReview, id: string): ItemKind | null {
  if (review.findings.some((finding) => finding.id === id)) return 'finding';
  if (review.clauses.some((clause) => clause.id === id)) return 'clause';
  if (review.facts.some((_, index) => factId(index) === id)) return 'fact';
  return null;
}

/** All marks of a review, longest first, so that shorter ones are drawn over them. */
export function marksOf(review: ContractReview): Mark[] {
  const findings = review.findings.flatMap(({ id, title, severity, evidence, nearest }) => {
    const mark =
      (near: boolean) =>
      (passage: Passage): Mark => ({
        ...place(passage),
        item: id,
        kind: 'finding',
        title,
        severity,
        nearest: near,
      });
    return [...evidence.map(mark(false)), ...nearest.map(mark(true))];
  });
  const clauses = review.clauses.map((clause): Mark => ({
    ...place(clause),
    item: clause.id,
    kind: 'clause',
    title: clause.title,
    nearest: false,
  }));
  const facts = review.facts.map((fact, index): Mark => ({
    ...place(fact),
    item: factId(index),
    kind: 'fact',
    title: fact.title,
    nearest: false,
  }));
  return [...clauses, ...facts, ...findings].sort((a, b) => b.end - b.start - (a.end - a.start));
}

function place({ start, end, regions }: { start: number; end: number; regions: Region[] }) {
  return { start, end, regions };
}

/** Which marks to show: those of the chosen kinds, and always those of the selected item. */
export function visibleMarks(
  marks: Mark[],
  kinds: ReadonlySet<ItemKind>,
  likely: ReadonlySet<string>,
  selected: string | null,
) {
  return marks.filter(
    (mark) =>
      mark.item === selected ||
      (kinds.has(mark.kind) && !mark.nearest && (mark.kind !== 'clause' || likely.has(mark.item))),
  );
}

/** The page that a position stands on. */
export function pageAt(review: ContractReview, position: number): number | null {
  return review.pages.find((page) => position >= page.start && position < page.end)?.number ?? null;
}

/** Items by what they have in common, both in order of first appearance. */
export function grouped<T>(items: T[], by: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(by(item));
    if (group) group.push(item);
    else groups.set(by(item), [item]);
  }
  return groups;
}
