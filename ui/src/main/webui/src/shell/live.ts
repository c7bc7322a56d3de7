import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

/** What the suite tells of a change: of which kind the thing is, and which; without a subject many may have changed. */
export interface Changed {
  kind: string;
  subject: string | null;
}

/** What is asked for anew where something of that kind changed. */
const ASKED_ANEW: Record<string, string[][]> = {
  run: [['runs']],
  batch: [['batches']],
  training: [['training']],
  model: [['models']],
  alarm: [['telemetry']],
  alert: [['decay']],
};

/** Changes that come together are answered together. */
const TOGETHER_MILLIS = 200;
/** Where the suite does not tell of changes, it is asked to from time to time. */
const AGAIN_MILLIS = 30_000;
/** While it does, what is on the page is asked for nevertheless now and then. */
const SLOW_MILLIS = 60_000;

let live = false;

/** How often to ask for something, which would be every so often if the suite did not tell of its changes. */
export const asking = (millis: number) => (live ? SLOW_MILLIS : millis);

/** Asks anew for what changed, if the page shows it. */
export function askAnew(client: QueryClient, changes: Changed[]) {
  const kinds = new Set(changes.map(({ kind }) => kind));
  for (const kind of kinds) {
    for (const queryKey of ASKED_ANEW[kind] ?? []) void client.invalidateQueries({ queryKey });
  }
  const all = changes.some(({ kind, subject }) => kind === 'run' && subject === null);
  // What is shown of a decision on its way would be lost.
  if (kinds.has('run') && client.isMutating() === 0) {
    void client.invalidateQueries({
      predicate: ({ queryKey: [name, id] }) =>
        name === 'run' && (all || changes.some(({ kind, subject }) => kind === 'run' && subject === id)),
    });
  }
}

/** While the page is in sight, what it shows follows what the suite tells of changes. */
export function useLive() {
  const client = useQueryClient();
  useEffect(() => {
    let source: EventSource | null = null;
    let waiting: Changed[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let again: ReturnType<typeof setTimeout> | undefined;
    let missed = false;

    function hear({ data }: MessageEvent<string>) {
      waiting.push(JSON.parse(data) as Changed);
      timer ??= setTimeout(() => {
        timer = undefined;
        const changes = waiting;
        waiting = [];
        askAnew(client, changes);
      }, TOGETHER_MILLIS);
    }

    function open() {
      clearTimeout(again);
      if (source || document.visibilityState === 'hidden') return;
      source = new EventSource('/api/v1/events');
      source.addEventListener('change', hear);
      source.onopen = () => {
        live = true;
        if (missed)
          askAnew(
            client,
            Object.keys(ASKED_ANEW).map((kind) => ({ kind, subject: null })),
          );
        missed = false;
      };
      source.onerror = () => {
        live = false;
        // The browser comes back by itself where it was, unless it was refused.
        if (source?.readyState !== EventSource.CLOSED) return;
        close();
        again = setTimeout(open, AGAIN_MILLIS);
      };
    }

    function close() {
      source?.close();
      source = null;
      live = false;
      missed = true;
    }

    function look() {
      if (document.visibilityState === 'hidden') close();
      else open();
    }

    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      clearTimeout(timer);
      clearTimeout(again);
      close();
    };
  }, [client]);
}
