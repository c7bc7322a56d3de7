import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { asking } from '../shell/live';
import * as api from './api';
import type { Measure, Training, TrainingState } from './types';

const TRAINING = ['training'];
const FOLLOW_MILLIS = 1_000;

/** Whether a training waits or runs. */
export const unfinished = (state: TrainingState) => state === 'QUEUED' || state === 'RUNNING';

export const useRecipes = () => useQuery({ queryKey: [...TRAINING, 'recipes'], queryFn: api.recipes });

export const useTrainingFiles = () => useQuery({ queryKey: [...TRAINING, 'files'], queryFn: api.files });

/** A page of the trainings; while one waits or runs, they are followed. */
export const useTrainings = (offset: number, limit: number) =>
  useQuery({
    queryKey: [...TRAINING, 'jobs', offset, limit],
    queryFn: () => api.trainings(offset, limit),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.items.some((one) => unfinished(one.state)) ? asking(2 * FOLLOW_MILLIS) : false,
  });

const keyOf = (id: string) => [...TRAINING, 'job', id];

export const useTraining = (id: string) =>
  useQuery({
    queryKey: keyOf(id),
    queryFn: () => api.training(id),
    refetchInterval: ({ state }) =>
      state.data && unfinished(state.data.state) ? asking(FOLLOW_MILLIS) : false,
  });

/** The figures of a training so far; each time only those are asked for that came since. */
export function useMeasures(training: Training) {
  const client = useQueryClient();
  const running = unfinished(training.state);
  // Another attempt begins anew, and what an earlier one told is gone.
  const queryKey = [...keyOf(training.id), 'measures', training.startedAt];
  const measures = useQuery({
    queryKey,
    queryFn: async () => {
      const before = client.getQueryData<Measure[]>(queryKey) ?? [];
      const fresh = await api.measures(training.id, before.at(-1)?.seq ?? 0);
      return fresh.length === 0 ? before : [...before, ...fresh];
    },
    structuralSharing: false,
    refetchInterval: running ? FOLLOW_MILLIS : false,
  });
  const { refetch } = measures;
  useEffect(() => {
    // The last ones come with its end.
    if (!running) void refetch();
  }, [running, refetch]);
  return measures;
}

/** Something done to trainings or their files, after which they are asked for anew. */
export function useTrainingChange<I, O>(change: (input: I) => Promise<O>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: TRAINING }),
  });
}
