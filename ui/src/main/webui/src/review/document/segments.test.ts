import { describe, expect, it } from 'vitest';
import type { Mark } from '../items';
import type { TrackedChange } from '../types';
import { isHeading, paragraphsOf, segmentsOf } from './segments';

const mark = (item: string, start: number, end: number): Mark => ({
  item,
  kind: 'clause',
  start,
  end,
  regions: [],
  title: item,
  nearest: false,
});

const line = (text: string) => ({ start: 0, end: text.length });

describe('segmentsOf', () => {
  it('cuts where overlapping marks begin and end', () => {
    const text = 'abcdefgh';
    const segments = segmentsOf(text, line(text), [mark('x', 1, 5), mark('y', 3, 7)], []);
    expect(segments.map((s) => [s.text, s.marks.map((m) => m.item).join('')])).toEqual([
      ['a', ''],
      ['bc', 'x'],
      ['de', 'xy'],
      ['fg', 'y'],
      ['h', ''],
    ]);
  });

  it('keeps every character of a mark that crosses paragraphs, in each paragraph once', () => {
    const text = 'one\ntwo\nthree';
    const marked = paragraphsOf(text).flatMap((paragraph) =>
      segmentsOf(text, paragraph, [mark('x', 2, 9)], []).filter((s) => s.marks.length > 0),
    );
    expect(marked.map((s) => s.text)).toEqual(['e', 'two', 't']);
  });

  it('shows an insertion in place and a deletion, which has no length, before it', () => {
    const text = 'a fee of 480 now';
    const changes: TrackedChange[] = [
      { kind: 'DELETED', position: 9, text: '420' },
      { kind: 'INSERTED', position: 9, text: '480' },
    ];
    const segments = segmentsOf(text, line(text), [], changes);
    expect(segments.map((s) => [s.change?.kind, s.text])).toEqual([
      [undefined, 'a fee of '],
      ['DELETED', '420'],
      ['INSERTED', '480'],
      [undefined, ' now'],
    ]);
    const kept = segments.filter((s) => s.change?.kind !== 'DELETED');
    expect(kept.map((s) => s.text).join('')).toBe(text);
  });

  it('shows a deletion at the very end and in an empty paragraph', () => {
    const deletion: TrackedChange = { kind: 'DELETED', position: 3, text: 'gone' };
    expect(segmentsOf('abc', line('abc'), [], [deletion]).map((s) => s.text)).toEqual(['abc', 'gone']);
    expect(segmentsOf('', line(''), [], [{ ...deletion, position: 0 }]).map((s) => s.text)).toEqual(['gone']);
  });

  it('counts in UTF-16 units, as the suite does', () => {
    const text = '𝟙 租赁期限';
    expect(segmentsOf(text, line(text), [mark('x', 3, 7)], []).at(-1)?.text).toBe('租赁期限');
  });
});

describe('isHeading', () => {
  it.each(['1. DEFINITIONS', 'RECITALS', '第三条 付款', 'Section 4'])('takes %s as one', (text) =>
    expect(isHeading(text)).toBe(true),
  );
  it.each(['1.1 Supplier shall provide the Services.', '', '甲方应当付款。', '10.'])(
    'does not take %s as one',
    (text) => expect(isHeading(text)).toBe(false),
  );
});
