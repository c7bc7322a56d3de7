import { describe, expect, it } from 'vitest';
import type { Decision, Run } from '../api/types';
import { boxBetween, judged, labelsOf, labelSubject, ratesAt, scoreOf, truthOf, VERDICT } from './judging';
import type { Inspection } from './types';

const inspection = (score: number, line = 'STEEL_STRIP'): Inspection => ({
  line,
  width: 10,
  height: 10,
  verdict: score >= 0.5 ? 'FAIL' : 'PASS',
  rule: '',
  threshold: 0.5,
  defects: [],
  heatMap: { columns: 1, rows: 1, cell: 10, scores: [score] },
});

const decide = (subject: string, verdict: Decision['verdict'], correction?: unknown): Decision => ({
  id: subject,
  subject,
  verdict,
  by: 'ann',
  at: '2026-06-01T10:00:00Z',
  ...(correction === undefined ? {} : { correction }),
});

const run = (score: number, decisions: Decision[], line?: string) =>
  ({ id: String(score), output: inspection(score, line), decisions }) as unknown as Run;

describe('what people said of parts', () => {
  it('is the verdict accepted, or the other one', () => {
    expect(truthOf(inspection(0.9), [])).toBeNull();
    expect(truthOf(inspection(0.9), [decide(VERDICT, 'ACCEPTED')])).toBe('FAIL');
    expect(truthOf(inspection(0.9), [decide(VERDICT, 'CORRECTED', 'PASS')])).toBe('PASS');
    expect(truthOf(inspection(0.9), [decide(VERDICT, 'CORRECTED', 'broken')])).toBeNull();
    expect(truthOf(inspection(0.9), [decide('defect:0', 'ACCEPTED')])).toBeNull();
  });

  it('gives escape and overkill at each threshold, by line', () => {
    const agreed = [decide(VERDICT, 'ACCEPTED')];
    const parts = judged(
      [
        run(0.9, agreed),
        run(0.6, [decide(VERDICT, 'CORRECTED', 'PASS')]),
        run(0.4, [decide(VERDICT, 'CORRECTED', 'FAIL')]),
        run(0.1, agreed),
        run(0.2, []),
        run(0.95, agreed, 'CIRCUIT_BOARD'),
      ],
      'STEEL_STRIP',
    );
    expect(ratesAt(parts, 0.5)).toEqual({ bad: 2, escapes: 1, good: 2, overkills: 1 });
    expect(ratesAt(parts, 0.4)).toEqual({ bad: 2, escapes: 0, good: 2, overkills: 1 });
    expect(ratesAt(parts, 0.95)).toEqual({ bad: 2, escapes: 2, good: 2, overkills: 0 });
    expect(ratesAt([], 0.5)).toEqual({ bad: 0, escapes: 0, good: 0, overkills: 0 });
  });
});

it('takes the highest score, also below the threshold', () => {
  expect(scoreOf(inspection(0.3))).toBe(0.3);
  expect(scoreOf({ ...inspection(0), heatMap: null })).toBe(0);
});

describe('labels', () => {
  const box = { x: 1, y: 2, width: 3, height: 4 };

  it('stay until they are taken back', () => {
    const drawn = decide(labelSubject(box), 'CORRECTED', { ...box, kind: 'scratch' });
    expect(labelsOf([drawn])).toEqual([{ ...box, kind: 'scratch', subject: 'label:1,2,3,4', by: 'ann' }]);
    expect(labelsOf([drawn, decide(labelSubject(box), 'REJECTED')])).toEqual([]);
    expect(labelsOf([decide('label:1', 'CORRECTED', { kind: 'scratch', x: 'far' })])).toEqual([]);
  });

  it('are drawn in any direction, within the picture, and not by a click', () => {
    expect(boxBetween({ x: 8.4, y: 9 }, { x: -5, y: 3.2 }, 10, 10)).toEqual({
      x: 0,
      y: 3,
      width: 8,
      height: 6,
    });
    expect(boxBetween({ x: 5, y: 5 }, { x: 5.4, y: 5.2 }, 10, 10)).toBeNull();
  });
});
