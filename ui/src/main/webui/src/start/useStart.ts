import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { startRun } from '../api/client';
import { useKeep } from '../shell/useKept';

/** Starts runs of a task, tells how far, and opens each when it has answered. */
export function useStart(task: string) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const abort = useRef<AbortController>(null);
  const [sent, setSent] = useState(0);
  const keep = useKeep();
  const start = useMutation({
    mutationFn: (input: FormData) => {
      abort.current = new AbortController();
      setSent(0);
      return startRun(task, input, setSent, abort.current.signal);
    },
    onSuccess: async (run, input) => {
      const sample = input.has('sample');
      if (!sample) keep(`start.${task}`, '');
      client.setQueryData(['run', run.id], run);
      void client.invalidateQueries({ queryKey: ['runs'] });
      await navigate(`/runs/${run.id}`, { state: { sample } });
    },
    onError: () => void client.invalidateQueries({ queryKey: ['runs'] }),
  });
  const cancelled = start.error?.name === 'AbortError';
  return {
    run: start.mutate,
    running: start.isPending,
    error: cancelled ? null : start.error,
    sent,
    cancel: () => abort.current?.abort(),
  };
}

/** Whole seconds since it was first shown. */
export function useElapsed(): number {
  const [elapsed, setElapsed] = useState(0);
  useEffect(() => {
    const began = Date.now();
    const timer = setInterval(() => setElapsed(Math.floor((Date.now() - began) / 1000)), 250);
    return () => clearInterval(timer);
  }, []);
  return elapsed;
}
