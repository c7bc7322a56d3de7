import type { Decision, NewDecision } from '../api/types';
import type { Alarm } from './types';

export const CAUSES = ['REPLACED', 'REPAIRED', 'OPERATION', 'SENSOR', 'FALSE_ALARM'] as const;
export type Cause = (typeof CAUSES)[number];

/** A step in the life of an alarm, as decisions carry it. */
export type Step =
  { step: 'ACKNOWLEDGED' } | { step: 'ASSIGNED'; to: string } | { step: 'CLOSED'; cause: Cause };

export const subjectOf = ({ machine, component, opened }: Alarm) =>
  `alarm:${machine}/${component}/${opened}`.slice(0, 200);

export function decisionOf(alarm: Alarm, step: Step, comment?: string): NewDecision {
  const rejects = step.step === 'CLOSED' && step.cause === 'FALSE_ALARM';
  return {
    subject: subjectOf(alarm),
    verdict: rejects ? 'REJECTED' : 'ACCEPTED',
    correction: step,
    ...(comment ? { comment } : {}),
  };
}

function isStep(value: unknown): value is Step {
  if (typeof value !== 'object' || value === null || !('step' in value)) return false;
  return (
    value.step === 'ACKNOWLEDGED' ||
    (value.step === 'ASSIGNED' && 'to' in value && typeof value.to === 'string') ||
    (value.step === 'CLOSED' && 'cause' in value && CAUSES.some((cause) => cause === value.cause))
  );
}

export interface AlarmState {
  acknowledged: boolean;
  assignedTo: string | null;
  closedBecause: Cause | null;
  decisions: Decision[];
}

/** Where an alarm stands by people's decisions on it. */
export function stateOf(alarm: Alarm, decisions: Decision[]): AlarmState {
  const own = decisions.filter(({ subject }) => subject === subjectOf(alarm));
  const steps = own.flatMap(({ correction }) => (isStep(correction) ? [correction] : []));
  const assigned = steps.findLast((step) => step.step === 'ASSIGNED');
  const last = steps.at(-1);
  return {
    acknowledged: own.length > 0,
    assignedTo: assigned?.to ?? null,
    closedBecause: last?.step === 'CLOSED' ? last.cause : null,
    decisions: own,
  };
}
