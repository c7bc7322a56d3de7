import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as api from './client';
import type { NewDecision, Run } from './types';

export const useMe = () => useQuery({ queryKey: ['me'], queryFn: api.me });

export const useTasks = () => useQuery({ queryKey: ['tasks'], queryFn: api.tasks, staleTime: Infinity });

export const useRuns = (limit: number) =>
  useQuery({ queryKey: ['runs', limit], queryFn: () => api.runs(limit) });

export const useRun = (id: string) => useQuery({ queryKey: ['run', id], queryFn: () => api.run(id) });

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: api.signOut,
    onSuccess: () => {
      client.clear();
      client.setQueryData(['me'], null);
    },
  });
}

/** Posts decisions on a run, and shows each at once where it was made. */
export function useDecide(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (decision: NewDecision) => api.decide(id, decision),
    onSuccess: (decision) => {
      client.setQueryData<Run>(['run', id], (run) =>
        run ? { ...run, decisions: [...run.decisions, decision] } : run,
      );
      void client.invalidateQueries({ queryKey: ['runs'] });
    },
  });
}
