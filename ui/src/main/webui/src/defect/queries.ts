import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { run as fetchRun } from '../api/client';
import { useRuns } from '../api/queries';
import type { Run, RunSummary } from '../api/types';
import { judged, type JudgedPart } from './judging';

const TASK = 'manufacturing.defect-detection';
const RECENT = 60;

/** The last pictures that were inspected. */
export const useGallery = () => useRuns({ task: TASK, status: 'ANSWERED', limit: RECENT });

const NONE: RunSummary[] = [];

/** Of the last pictures of a line those whose true state a person has told, this one among them. */
export function useJudgedParts(run: Run, line: string): JudgedPart[] {
  const items = useGallery().data?.items ?? NONE;
  const others = useQueries({
    queries: items
      .filter(({ id, decided }) => decided > 0 && id !== run.id)
      .map(({ id }) => ({ queryKey: ['run', id], queryFn: () => fetchRun(id), staleTime: 60_000 })),
    combine: (answers) => answers.flatMap(({ data }) => data ?? []),
  });
  return useMemo(() => judged([run, ...others], line), [run, others, line]);
}
