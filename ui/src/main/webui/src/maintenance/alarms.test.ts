import { expect, it } from 'vitest';
import type { Decision } from '../api/types';
import { decisionOf, stateOf, type Step } from './alarms';
import type { Alarm } from './types';

const alarm: Alarm = { machine: 'M1', component: 'bearing', opened: '2025-04-09T10:00:00Z', peak: 0.9 };

const made = (...steps: Step[]): Decision[] =>
  steps.map((step, index) => ({
    ...decisionOf(alarm, step),
    id: String(index),
    by: 'ann',
    at: '2025-04-10T00:00:00Z',
  }));

it('is acknowledged, assigned, closed, and open again when it is assigned anew', () => {
  expect(stateOf(alarm, [])).toMatchObject({ acknowledged: false, assignedTo: null, closedBecause: null });
  expect(stateOf(alarm, made({ step: 'ACKNOWLEDGED' })).acknowledged).toBe(true);
  const closed: Step[] = [
    { step: 'ASSIGNED', to: 'Bo' },
    { step: 'CLOSED', cause: 'REPLACED' },
  ];
  expect(stateOf(alarm, made(...closed))).toMatchObject({ assignedTo: 'Bo', closedBecause: 'REPLACED' });
  expect(stateOf(alarm, made(...closed, { step: 'ASSIGNED', to: 'Cy' }))).toMatchObject({
    assignedTo: 'Cy',
    closedBecause: null,
  });
});

it('rejects the answer only when the alarm was false', () => {
  expect(decisionOf(alarm, { step: 'CLOSED', cause: 'FALSE_ALARM' }).verdict).toBe('REJECTED');
  expect(decisionOf(alarm, { step: 'CLOSED', cause: 'REPAIRED' }).verdict).toBe('ACCEPTED');
});

it('is not misled by decisions on other alarms or in words', () => {
  const [one] = made({ step: 'CLOSED', cause: 'REPAIRED' });
  expect(stateOf({ ...alarm, component: 'seal' }, one ? [one] : []).acknowledged).toBe(false);
  expect(stateOf(alarm, one ? [{ ...one, correction: 'closed' }] : []).closedBecause).toBeNull();
});
