import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { json } from '../api/client';
import type { Alert, Decay, Retraining } from './types';

const DECAY = ['decay'];
const LOOK_MILLIS = 60_000;

const post = <T>(path: string, body: object) =>
  json<T>(`/api/v1/decay/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

export const useDecay = () =>
  useQuery({
    queryKey: DECAY,
    queryFn: () => json<Decay>('/api/v1/decay'),
    refetchInterval: LOOK_MILLIS,
  });

/** Says that the signed-in person looks after an alert. */
export function useAcknowledgement() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (alert: string) => post<Alert>(`alerts/${encodeURIComponent(alert)}/acknowledgement`, {}),
    onSuccess: () => client.invalidateQueries({ queryKey: DECAY }),
  });
}

/** Starts a training on what people decided. */
export function useRetraining() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ task, recipe }: { task: string; recipe: string }) =>
      post<Retraining>(`${encodeURIComponent(task)}/retraining`, { recipe }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['training'] }),
  });
}
