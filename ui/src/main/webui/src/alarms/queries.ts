import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { json } from '../api/client';
import { asking } from '../shell/live';
import type { Line, LineAlarm } from './types';

const EVERY_MILLIS = 15_000;
const ALARMS = ['telemetry', 'alarms'];

export const useAlarms = () =>
  useQuery({
    queryKey: ALARMS,
    queryFn: () => json<LineAlarm[]>('/api/v1/telemetry/alarms'),
    refetchInterval: () => asking(EVERY_MILLIS),
  });

export const useLines = () =>
  useQuery({
    queryKey: ['telemetry', 'lines'],
    queryFn: () => json<Line[]>('/api/v1/telemetry/lines'),
    refetchInterval: EVERY_MILLIS,
  });

export type Step = 'acknowledgement' | 'assignment' | 'shelving' | 'closing';

/** Takes an alarm a step further, and shows where it then stands. */
export function useStep(id: string) {
  const client = useQueryClient();
  return useMutation({
    // One step after the other.
    scope: { id: `alarm ${id}` },
    mutationFn: ({ step, body }: { step: Step; body: object }) =>
      json<LineAlarm>(`/api/v1/telemetry/alarms/${encodeURIComponent(id)}/${step}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    onSuccess: (alarm) =>
      client.setQueryData<LineAlarm[]>(ALARMS, (alarms) =>
        alarms?.map((one) => (one.id === alarm.id ? alarm : one)),
      ),
    // Somebody else may have been faster.
    onError: () => client.invalidateQueries({ queryKey: ALARMS }),
  });
}
