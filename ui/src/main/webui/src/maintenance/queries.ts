import { useQueries, useQuery } from '@tanstack/react-query';
import { attachmentUrl, run as fetchRun } from '../api/client';
import { useRuns } from '../api/queries';
import type { Run } from '../api/types';
import { textOf } from './telemetry';
import type { MaintenanceReport } from './types';

const TASK = 'manufacturing.predictive-maintenance';
const EARLIER = 6;

/** A file that the run was given, as text; idle where it was given none. */
export const useFile = (run: Run, component: string) =>
  useQuery({
    queryKey: ['file', run.id, component],
    queryFn: async ({ signal }) => {
      const response = await fetch(attachmentUrl(run.id, component), { signal });
      if (!response.ok) throw new Error(`${component}: ${response.status}`);
      return textOf(response);
    },
    enabled: run.attachments.some((one) => one.component === component),
    staleTime: Infinity,
  });

export interface Earlier {
  run: string;
  at: string;
  health: number;
}

/** What recent runs said of a machine's health, the oldest first. */
export function useEarlier(machine: string): Earlier[] {
  const runs = useRuns({ task: TASK, status: 'ANSWERED', limit: EARLIER });
  const answers = useQueries({
    queries: (runs.data?.items ?? []).map(({ id }) => ({
      queryKey: ['run', id],
      queryFn: () => fetchRun(id),
      staleTime: Infinity,
    })),
  });
  return answers
    .flatMap(({ data }) => {
      const status = (data?.output as MaintenanceReport | undefined)?.machines.find(
        (one) => one.machine === machine,
      );
      return data && status
        ? [
            {
              run: data.id,
              at: status.asOf ?? data.startedAt,
              health: status.health,
              started: data.startedAt,
            },
          ]
        : [];
    })
    .sort((a, b) => a.started.localeCompare(b.started));
}
