import { describe, expect, it } from 'vitest';
import { force, meant } from './editions';
import type { Edition } from './types';

const icd = (name: string, from: string, until: string): Edition => ({
  system: 'icd-10-cm',
  name,
  title: `ICD-10-CM ${name}`,
  from,
  until,
});
const list: Edition = { system: 'icd-9-cm-3', name: '3.0', title: 'ICD-9-CM-3 3.0' };
const all = [
  icd('2021', '2020-10-01', '2021-09-30'),
  icd('2022', '2021-10-01', '2022-09-30'),
  icd('2022-04', '2022-04-01', '2022-09-30'),
  list,
];

describe('editions', () => {
  it('are meant by name or by the day on which they are in force', () => {
    expect(meant(all, { date: '2021-09-30' })?.name).toBe('2021');
    expect(meant(all, { date: '2022-04-01' })?.name).toBe('2022-04');
    expect(meant(all, { date: '2030-01-01' })).toBeUndefined();
    expect(meant(all, { system: 'icd-9-cm-3', edition: '3.0' })).toBe(list);
    expect(meant(all, { edition: '2021', date: '2022-01-01' })?.name).toBe('2021');
    expect(meant(all, {})).toBeUndefined();
  });

  it('say when they are in force', () => {
    expect(all.slice(2).map(force)).toEqual([
      'ICD-10-CM 2022-04 (2022-04-01 – 2022-09-30)',
      'ICD-9-CM-3 3.0',
    ]);
  });
});
