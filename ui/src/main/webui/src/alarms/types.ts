import type { Api } from '../api/document';

/** Where an alarm stands, after ISA-18.2. */
export const STATES = [
  'UNACKNOWLEDGED',
  'RETURNED_UNACKNOWLEDGED',
  'ACKNOWLEDGED',
  'SHELVED',
  'CLOSED',
] as const;
export type State = (typeof STATES)[number];

/** An alarm of a machine that is listened to, over all runs that tell of it. */
export type LineAlarm = Api<'AlarmView'>;

/** A line of machines that is listened to. */
export type Line = Api<'LineView'>;

/** Those that want somebody now. */
export const wantsSomebody = ({ state }: LineAlarm) =>
  state === 'UNACKNOWLEDGED' || state === 'RETURNED_UNACKNOWLEDGED';

/** The most urgent first: by state, then the likelier failure. */
export function byUrgency(alarms: LineAlarm[]): LineAlarm[] {
  return [...alarms].sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || b.peak - a.peak);
}
