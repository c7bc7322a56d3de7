import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { sendFile } from './api';
import type { TrainingFile } from './types';

/** Of one file, as the server has it. */
export const MOST_BYTES = 50 << 20;

/** A file on its way to the suite: going, refused, or there. */
export interface Sending {
  file: File;
  /** Sent, in [0, 1]. */
  share: number;
  error?: Error;
  kept?: TrainingFile;
}

/** Sends one file at a time, and tells how far; leaving the page ends it. */
export function useSending() {
  const client = useQueryClient();
  const abort = useRef<AbortController>(null);
  const [sending, setSending] = useState<Sending>();
  useEffect(() => () => abort.current?.abort(), []);

  async function send(file: File) {
    abort.current?.abort();
    const mine = new AbortController();
    abort.current = mine;
    setSending({ file, share: 0 });
    const told = (what: Partial<Sending>) => {
      if (abort.current === mine && !mine.signal.aborted) setSending({ file, share: 1, ...what });
    };
    try {
      const kept = await sendFile(file, (share) => told({ share }), mine.signal);
      told({ kept });
      void client.invalidateQueries({ queryKey: ['training', 'files'] });
    } catch (error) {
      told({ error: error instanceof Error ? error : new Error(String(error)) });
    }
  }

  function stop() {
    abort.current?.abort();
    setSending(undefined);
  }

  return { sending, send, stop };
}
