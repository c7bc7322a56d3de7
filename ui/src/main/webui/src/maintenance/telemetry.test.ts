import { describe, expect, it } from 'vitest';
import { cellsOf, eventsOf, momentOf, signalsOf } from './telemetry';

describe('moments as plants write them', () => {
  const noon = Date.UTC(2025, 2, 12, 12);
  it.each([
    ['2025-03-12 12:00:00', 'UTC'],
    ['2025/3/12 12:00', 'UTC'],
    ['2025-03-12T12:00:00Z', 'Asia/Shanghai'],
    ['2025-03-12 20:00', 'Asia/Shanghai'],
    ['2025-03-12T20:00:00+08:00', 'UTC'],
    ['2025-03-12T07:00:00-0500', 'UTC'],
    ['1741780800', 'UTC'],
    ['1741780800000', 'UTC'],
  ])('%s in %s', (text, zone) => expect(momentOf(text, zone)).toBe(noon));

  it.each(['', 'yesterday', '2025-03', '12:00'])('%s is none', (text) =>
    expect(momentOf(text, 'UTC')).toBeNull(),
  );
});

describe('signals', () => {
  const file =
    '\uFEFFdatetime;machineID;volt;note\r\n2025-01-01 01:00;M2;9;x\r\n2025-01-01 02:00;M1;;x\n\n2025-01-01 01:00;M1;170.5;x\n2025-01-01 03:00;M1;bad';

  it('are those of the machine, in order of time, with gaps where there is no number', () => {
    expect(signalsOf(file, 'M1', 'UTC')).toEqual({
      times: [1, 2, 3].map((hour) => Date.UTC(2025, 0, 1, hour)),
      signals: [{ name: 'volt', values: [170.5, null, null] }],
    });
  });

  it.each(['', 'a,b', 'a,b\n1,2', 'Product ID,Torque\nL1,40\n'])('are none of %j', (text) =>
    expect(signalsOf(text, 'M1', 'UTC')).toBeNull(),
  );

  it('keep quoted cells whole', () => {
    expect(cellsOf('"a ""b"", c",2', ',')).toEqual(['a "b", c', '2']);
  });
});

it('reads what happened to a machine', () => {
  const file =
    'datetime,machineID,failure\n2025-01-02 00:00,M1,seal\n2025-01-01 00:00,M1,belt\n2025-01-01 00:00,M2,belt\n';
  expect(eventsOf(file, 'M1', 'UTC').map(({ what }) => what)).toEqual(['belt', 'seal']);
});
