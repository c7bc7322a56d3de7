import type { Cause } from '../maintenance/alarms';

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
export interface LineAlarm {
  id: string;
  task: string;
  line: string;
  source: string;
  part: string;
  state: State;
  opened: string;
  run?: string;
  seen: string;
  peak: number;
  ended?: string;
  acknowledgedBy?: string;
  acknowledgedAt?: string;
  assignedTo?: string;
  shelvedUntil?: string;
  closedBy?: string;
  closedAt?: string;
  cause?: Cause;
  comment?: string;
}

/** A line of machines that is listened to. */
export interface Line {
  name: string;
  task: string;
  connected: boolean;
  machines: number;
  readings: number;
  scored?: string;
  ended: string;
  counts: Record<string, number>;
}

/** Those that want somebody now. */
export const wantsSomebody = ({ state }: LineAlarm) =>
  state === 'UNACKNOWLEDGED' || state === 'RETURNED_UNACKNOWLEDGED';

/** The most urgent first: by state, then the likelier failure. */
export function byUrgency(alarms: LineAlarm[]): LineAlarm[] {
  return [...alarms].sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || b.peak - a.peak);
}
