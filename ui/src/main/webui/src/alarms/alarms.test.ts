import { expect, it } from 'vitest';
import { byUrgency, wantsSomebody, type LineAlarm, type State } from './types';

const alarm = (id: string, state: State, peak: number) => ({ id, state, peak }) as LineAlarm;

it('puts first what wants somebody, and the likelier failure', () => {
  const alarms = [
    alarm('closed', 'CLOSED', 0.9),
    alarm('seen', 'ACKNOWLEDGED', 0.8),
    alarm('low', 'UNACKNOWLEDGED', 0.3),
    alarm('back', 'RETURNED_UNACKNOWLEDGED', 0.9),
    alarm('high', 'UNACKNOWLEDGED', 0.7),
  ];
  expect(byUrgency(alarms).map(({ id }) => id)).toEqual(['high', 'low', 'back', 'seen', 'closed']);
  expect(alarms.filter(wantsSomebody)).toHaveLength(3);
});
