import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as api from './client';
import type { NewDecision, Run } from './types';

export const useMe = () => useQuery({ queryKey: ['me'], queryFn: api.me });

export const useTasks = () => useQuery({ queryKey: ['tasks'], queryFn: api.tasks, staleTime: Infinity });

/** A list of runs; while another page of it is fetched, the last one stays. */
export const useRuns = (listing: api.RunListing, every?: number) =>
  useQuery({
    queryKey: ['runs', listing],
    queryFn: () => api.runs(listing),
    placeholderData: keepPreviousData,
    ...(every ? { refetchInterval: every } : {}),
  });

export const useModels = () => useQuery({ queryKey: ['models'], queryFn: api.models });

export const useModelCard = (role: string) =>
  useQuery({ queryKey: ['models', role], queryFn: () => api.modelCard(role) });

export const useUsage = (period: string) =>
  useQuery({
    queryKey: ['usage', period],
    queryFn: () => api.usage(period),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });

export const useKeys = () => useQuery({ queryKey: ['keys'], queryFn: api.keys });

export function useIssueKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: api.issueKey,
    onSuccess: () => client.invalidateQueries({ queryKey: ['keys'] }),
  });
}

export function useRevokeKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: api.revokeKey,
    onSuccess: () => client.invalidateQueries({ queryKey: ['keys'] }),
  });
}

export const useRun = (id: string) => useQuery({ queryKey: ['run', id], queryFn: () => api.run(id) });

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: api.signOut,
    onSuccess: () => {
      client.setQueryData(['me'], null);
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
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
