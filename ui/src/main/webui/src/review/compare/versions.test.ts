import { describe, expect, it } from 'vitest';
import type { Finding } from '../types';
import { book } from './book';
import { alike, changesOf, findingChanges, paragraphsOf, partsOf, type Change } from './versions';

const kinds = (left: string[], right: string[]) =>
  changesOf(left.join('\n'), right.join('\n')).map(({ kind }) => kind);

/** What one side's paragraphs say, in order. */
const textsOf = (changes: Change[], side: 'left' | 'right') =>
  changes.flatMap((change) => {
    const { left, right } = { left: undefined, right: undefined, ...change };
    const paragraph = side === 'left' ? left : right;
    return paragraph ? [paragraph.text] : [];
  });

const CAP =
  '7.1 The liability of Supplier shall not exceed the Fees paid in the twelve months before the claim.';
const LAW = '8.1 This Agreement is governed by the laws of the State of New York.';
const AUDIT = '9.1 Customer may audit the records of Supplier once a year upon ten days’ notice.';

describe('two versions of a text', () => {
  it('tells what was added, removed and changed', () => {
    const cap = CAP.replace('twelve', 'three');
    expect(kinds([CAP, LAW], [cap, LAW])).toEqual(['changed', 'same']);
    expect(kinds([CAP, LAW], [CAP, AUDIT, LAW])).toEqual(['same', 'added', 'same']);
    expect(kinds([CAP, AUDIT, LAW], [CAP, LAW])).toEqual(['same', 'removed', 'same']);
    expect(kinds([CAP, AUDIT], [cap, LAW])).toEqual(['changed', 'removed', 'added']);
  });

  it('sets a clause with another number beside itself, and shows the number', () => {
    expect(kinds([CAP, LAW], [CAP, LAW.replace('8.1', '9.1')])).toEqual(['same', 'changed']);
    expect(kinds(['第八条本合同适用中国法律。'], ['第九条本合同适用中国法律。'])).toEqual(['changed']);
  });

  it.each([
    ['30 days after receipt', '90 days after receipt'],
    ['1.5 times the Fees', '10 times the Fees'],
    ['Section 5 shall survive', 'Section 9 shall survive'],
  ])('never takes “%s” and “%s” for the same', (left, right) => {
    expect(kinds([left], [right])).toEqual(['changed']);
  });

  it('tells the words of a change, an amount whole', () => {
    expect(partsOf('a fee of £480,000 upon delivery', 'a fee of £420,000 upon delivery')).toEqual([
      { kind: 'same', text: 'a fee of £' },
      { kind: 'removed', text: '480,000' },
      { kind: 'added', text: '420,000' },
      { kind: 'same', text: ' upon delivery' },
    ]);
    const parts = partsOf('乙方应当在九十日内通知甲方。', '乙方应当在三十日内通知甲方。');
    expect(
      parts
        .filter(({ kind }) => kind !== 'added')
        .map(({ text }) => text)
        .join(''),
    ).toBe('乙方应当在九十日内通知甲方。');
  });

  it('keeps every paragraph of both, whatever they are', () => {
    for (const [left, right] of [
      ['', ''],
      ['', CAP],
      [`${CAP}\n\n \n`, ''],
      ['x\n'.repeat(300), 'y\n'.repeat(300)],
      ['\n\n', '\u0000\n\ud800'],
    ] as const) {
      const changes = changesOf(left, right);
      expect(textsOf(changes, 'left')).toEqual(paragraphsOf(left).map(({ text }) => text));
      expect(textsOf(changes, 'right')).toEqual(paragraphsOf(right).map(({ text }) => text));
    }
  });

  it.each([
    ['wholly different', book('a', 1), book('b', 2)],
    ['of the same words', book('a', 1), book('a', 2)],
    ['of one paragraph', book('a', 1).replaceAll('\n', ' '), book('a', 2).replaceAll('\n', ' ')],
  ])('compares two of 300 pages without holding the page, %s', (_, left, right) => {
    const began = process.cpuUsage();
    const changes = changesOf(left, right);
    // Seconds of the processor, of which other tests take none.
    expect(process.cpuUsage(began).user / 1e6).toBeLessThan(4);
    expect(textsOf(changes, 'left').join('')).toBe(left.replaceAll('\n', ''));
    expect(textsOf(changes, 'right').join('')).toBe(right.replaceAll('\n', ''));
  });

  it('measures how alike two paragraphs are', () => {
    expect(alike('a b c d', 'a b c x')).toBeCloseTo(0.75);
    expect(alike('', '')).toBe(1);
    expect(alike('a', '')).toBe(0);
  });
});

describe('two reviews', () => {
  const finding = (id: string, rule: string, quote = '') =>
    ({ id, rule, evidence: quote ? [{ quote }] : [] }) as unknown as Finding;
  const ids = (findings: Finding[]) => findings.map(({ id }) => id);

  it('tell which findings appeared, vanished and stayed', () => {
    const changes = findingChanges(
      [finding('f1', 'CAP', 'three'), finding('f2', 'LAW'), finding('f3', 'EXIT', 'may leave')],
      [finding('f1', 'EXIT', 'may leave'), finding('f2', 'EXIT', 'at will'), finding('f3', 'CAP', 'two')],
    );
    expect(ids(changes.appeared)).toEqual(['f2']);
    expect(ids(changes.vanished)).toEqual(['f2']);
    expect(ids(changes.stayed)).toEqual(['f1', 'f3']);
  });
});
