import { describe, expect, it } from 'vitest';
import type { ChartPanel } from '../api/types';
import { levelsOf, pointsOf } from './chartData';

const column = (pointer: string) => ({ title: { en: pointer, zh: '列' }, pointer });
const panel: ChartPanel = {
  type: 'chart',
  title: { en: 'p chart', zh: '控制图' },
  pointer: '/samples',
  label: column('/name'),
  value: column('/share'),
  limits: [column('/upper')],
  levels: [column('/centre'), column('/none')],
  remark: column('/why'),
};

describe('what a chart panel shows', () => {
  it('has a point for each record with a height, and a gap where a limit is missing', () => {
    const output = {
      centre: 0.1,
      samples: [
        { name: 1, share: 0.2, upper: 0.19, why: 'beyond 3 sigma' },
        { name: 'b', share: 'many', upper: 0.19, why: '' },
        { name: 'c', share: 0.1, upper: null, why: '' },
      ],
    };
    expect(pointsOf(panel, output, 'en')).toEqual([
      { label: '1', value: 0.2, limits: [0.19], remark: 'beyond 3 sigma' },
      { label: 'c', value: 0.1, limits: [null], remark: '' },
    ]);
    expect(levelsOf(panel, output, 'zh')).toEqual([{ title: '列', value: 0.1 }]);
  });

  it.each([undefined, null, {}, { samples: 'x' }, { samples: [null, 3, {}] }])(
    'is nothing of %j',
    (output) => {
      expect(pointsOf(panel, output, 'en')).toEqual([]);
      expect(levelsOf(panel, output, 'en')).toEqual([]);
    },
  );
});
