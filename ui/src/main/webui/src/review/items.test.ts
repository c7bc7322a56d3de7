import { describe, expect, it } from 'vitest';
import fixture from '../../mock/fixtures/managed-services.json';
import { kindOf, marksOf, pageAt, visibleMarks } from './items';
import type { ContractReview } from './types';

const review = fixture.output as ContractReview;

describe('marks', () => {
  const marks = marksOf(review);

  it('point at the words that they quote', () => {
    for (const finding of review.findings) {
      for (const { start, end, quote } of [...finding.evidence, ...finding.nearest]) {
        expect(review.text.slice(start, end)).toBe(quote);
        expect(marks).toContainEqual(expect.objectContaining({ item: finding.id, start, end }));
      }
    }
  });

  it('come longest first, so that short ones lie on top', () => {
    const lengths = marks.map((mark) => mark.end - mark.start);
    expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
  });

  it('show nearest passages and weak clauses only while they are selected', () => {
    const likely = new Set(review.clauses.filter((clause) => clause.likely).map((clause) => clause.id));
    const kinds = new Set(['finding', 'clause'] as const);
    const shown = visibleMarks(marks, kinds, likely, null);
    expect(shown.some((mark) => mark.nearest || mark.kind === 'fact')).toBe(false);
    const weak = review.clauses.find((clause) => !clause.likely)?.id ?? '';
    expect(shown.some((mark) => mark.item === weak)).toBe(false);
    expect(visibleMarks(marks, kinds, likely, weak).some((mark) => mark.item === weak)).toBe(true);
    expect(visibleMarks(marks, kinds, likely, 'f2').filter((mark) => mark.item === 'f2')).toHaveLength(2);
  });
});

it('knows what an id names, and that a stranger names nothing', () => {
  expect(['f1', 'c1', 'fact1', 'x1'].map((id) => kindOf(review, id))).toEqual([
    'finding',
    'clause',
    'fact',
    null,
  ]);
});

it('finds the page of a position', () => {
  expect(pageAt(review, 0)).toBe(1);
  expect(pageAt(review, review.text.length - 1)).toBe(4);
  expect(pageAt(review, review.text.length)).toBeNull();
});
