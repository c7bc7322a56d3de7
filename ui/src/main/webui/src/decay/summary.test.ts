import { describe, expect, it } from 'vitest';
import { figures, lines, openAlerts } from './summary';
import type { Alert, Measure, Series } from './types';

const measure = (over: Partial<Measure>): Measure => ({
  kind: 'INPUT',
  name: 'torque',
  statistic: 'PSI',
  value: 0.02,
  reference: 500,
  current: 200,
  state: 'STEADY',
  history: [],
  ...over,
});

const alert = (over: Partial<Alert>): Alert => ({
  id: 'a',
  task: 't',
  series: 's',
  kind: 'INPUT',
  name: 'torque',
  statistic: 'PSI',
  opened: '2026-01-01T00:00:00Z',
  found: '2026-01-01T00:00:00Z',
  value: 0.4,
  ...over,
});

describe('the watch in lines', () => {
  it('says the worst of each kind first', () => {
    const series: Series = {
      id: 's',
      models: [],
      since: '2026-01-01T00:00:00Z',
      measures: [
        measure({ name: 'speed', value: 0.09 }),
        measure({ name: 'air', value: 0.3, state: 'DRIFTED' }),
        measure({ kind: 'AGREEMENT', name: 'agreed', statistic: 'SHARE', value: 0.9 }),
      ],
    };
    const all = lines(series);
    expect(all.map(({ kind, state }) => [kind, state])).toEqual([
      ['INPUT', 'DRIFTED'],
      ['AGREEMENT', 'STEADY'],
    ]);
    expect(all[0]?.measures.map(({ name }) => name)).toEqual(['air', 'speed']);
  });

  it('counts alerts that are open', () => {
    const alerts = [alert({}), alert({ ended: '2026-01-09T00:00:00Z' })];
    expect(openAlerts([{ task: 't', series: [], alerts, retraining: [] }])).toBe(1);
  });

  it('writes shares with their interval and what they were', () => {
    const before = (value: string) => `${value} before`;
    expect(figures({ statistic: 'PSI', value: 0.314 }, before)).toBe('PSI 0.31');
    expect(figures({ statistic: 'SHARE', value: 0.82, low: 0.78, high: 0.85, was: 0.91 }, before)).toBe(
      '82.0 % (78.0–85.0), 91.0 % before',
    );
    expect(figures({ statistic: 'ECE' }, before)).toBe('–');
  });
});
