import { useQueryClient, type Query, type QueryClient } from '@tanstack/react-query';
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
/** Of one kind no more often than this, however fast it changes. */
const APART_MILLIS = 3_000;
/** Where the suite does not tell of changes, it is asked to from time to time. */
const AGAIN_MILLIS = 30_000;
/** While it does, what is on the page is asked for nevertheless now and then. */
const SLOW_MILLIS = 60_000;

let live = false;

/** How often to ask for something, which would be every so often if the suite did not tell of its changes. */
export const asking = (millis: number) => (live ? SLOW_MILLIS : millis);

const isDeciding = (client: QueryClient, run: unknown) =>
  client.isMutating({ mutationKey: ['send', run] }) > 0;

/** Whether a page shows the run by itself, not among others. */
const isOpen = ({ observers }: Query) => observers.some(({ options }) => options.meta?.open);

/** Asks anew for what changed, if the page shows it; returns the changes that have to be asked for once more. */
export function askAnew(client: QueryClient, changes: Changed[]): Changed[] {
  const later: Changed[] = [];
  for (const kind of new Set(changes.map((one) => one.kind))) {
    for (const queryKey of ASKED_ANEW[kind] ?? []) {
      // An answer on its way may be older than the change. It is let come, else a slow one never would.
      if (client.isFetching({ queryKey, type: 'active' }) > 0) later.push({ kind, subject: null });
      void client.invalidateQueries({ queryKey }, { cancelRefetch: false });
    }
  }
  return [...later, ...askRunsAnew(client, new Set(changes.filter(isOfRun).map(({ subject }) => subject)))];
}

const isOfRun = ({ kind }: Changed) => kind === 'run';

function askRunsAnew(client: QueryClient, subjects: Set<string | null>): Changed[] {
  const later: Changed[] = [];
  const all = subjects.has(null);
  for (const query of client.getQueryCache().findAll({ queryKey: ['run'] })) {
    const { queryKey, state } = query;
    const id = queryKey[1] as string;
    if (!all && !subjects.has(id)) continue;
    // What is shown of a decision on its way would be lost.
    const deciding = isDeciding(client, id);
    const wanted = query.isActive() && (subjects.has(id) || isOpen(query));
    if (deciding || (wanted && state.fetchStatus === 'fetching')) later.push({ kind: 'run', subject: id });
    if (deciding) continue;
    void client.invalidateQueries(
      { queryKey, exact: true, refetchType: wanted ? 'active' : 'none' },
      { cancelRefetch: false },
    );
  }
  return later;
}

/** The changes of one kind that are not asked for yet. */
interface Waiting {
  changes: Changed[];
  asked: number;
  timer?: ReturnType<typeof setTimeout> | undefined;
}

/** While the page is in sight, what it shows follows what the suite tells of changes. */
export function useLive() {
  const client = useQueryClient();
  useEffect(() => {
    let source: EventSource | null = null;
    const waiting = new Map<string, Waiting>();
    let again: ReturnType<typeof setTimeout> | undefined;
    let missed = false;

    function wait(change: Changed) {
      const { kind, subject } = change;
      const one: Waiting = waiting.get(kind) ?? { changes: [], asked: -Infinity };
      waiting.set(kind, one);
      if (!one.changes.some((other) => other.subject === subject)) one.changes.push(change);
      one.timer ??= setTimeout(
        () => {
          const { changes } = one;
          one.changes = [];
          one.timer = undefined;
          one.asked = Date.now();
          askAnew(client, changes).forEach(wait);
        },
        Math.max(TOGETHER_MILLIS, one.asked + APART_MILLIS - Date.now()),
      );
    }

    const hear = ({ data }: MessageEvent<string>) => wait(JSON.parse(data) as Changed);

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
          ).forEach(wait);
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
      for (const { timer } of waiting.values()) clearTimeout(timer);
      clearTimeout(again);
      close();
    };
  }, [client]);
}
