import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { useDecide } from './sending';
import { PersonContext } from '../shell/person';
import { useAskedBeforeLeaving } from '../shell/useAskedBeforeLeaving';
import type { Me, Run } from './types';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const analyst: Me = { name: 'analyst', tenant: 'default', roles: ['analyst'], grants: ['analyst'] };

function deciding(client: QueryClient) {
  return renderHook(() => useDecide('a'), {
    wrapper: ({ children }: { children: ReactNode }) => (
      <QueryClientProvider client={client}>
        <PersonContext value={analyst}>{children}</PersonContext>
      </QueryClientProvider>
    ),
  });
}

/** A suite whose answers to decisions are these, one after the other. */
function answering(...answers: (() => Promise<Response>)[]) {
  const keys: (string | null)[] = [];
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    keys.push(new Headers(init.headers).get('Idempotency-Key'));
    return (answers[keys.length - 1] ?? (() => Promise.reject(new TypeError('gone'))))();
  });
  return keys;
}

const lost = () => Promise.reject(new TypeError('Failed to fetch'));
const kept = () =>
  Promise.resolve(Response.json({ id: 'd1', subject: 'x', verdict: 'ACCEPTED', by: '', at: '2026-01-01' }));

it('sends a decision whose answer was lost again under the same key', async () => {
  vi.useFakeTimers();
  const client = new QueryClient();
  client.setQueryData(['run', 'a'], { decisions: [] });
  const keys = answering(lost, () => Promise.resolve(new Response('<p>Bad gateway', { status: 502 })), kept);
  const { result } = deciding(client);
  const decided = result.current.decide({ subject: 'x', verdict: 'ACCEPTED' });
  await vi.advanceTimersByTimeAsync(60_000);
  expect((await decided).id).toBe('d1');
  expect(keys).toHaveLength(3);
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(client.getQueryData<Run>(['run', 'a'])?.decisions.map(({ id }) => id)).toEqual(['d1']);
});

it('sends nothing again that was refused, and nothing in the name of another person', async () => {
  vi.useFakeTimers();
  const client = new QueryClient();
  client.setQueryData(['run', 'a'], { decisions: [] });
  const refused = answering(() =>
    Promise.resolve(Response.json({ type: 'urn:baigong:problem:invalid', status: 400 }, { status: 400 })),
  );
  const { result } = deciding(client);
  await expect(result.current.decide({ subject: 'x', verdict: 'ACCEPTED' })).rejects.toThrow();
  expect(refused).toHaveLength(1);

  const keys = answering(lost, kept);
  const decided = result.current.decide({ subject: 'x', verdict: 'ACCEPTED' }).catch((e: unknown) => e);
  client.setQueryData(['me'], { name: 'another', tenant: 'default' });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await decided).toBeInstanceOf(Error);
  expect(keys.length).toBeLessThan(2);
  expect(client.getQueryData<Run>(['run', 'a'])?.decisions).toEqual([]);
});

it.each([[null], [{ ...analyst, tenant: 'another' }]])('sends nothing once %o is signed in', async (me) => {
  vi.useFakeTimers();
  const client = new QueryClient();
  client.setQueryData(['me'], me);
  const keys = answering(kept);
  await expect(deciding(client).result.current.decide({ subject: 'x', verdict: 'ACCEPTED' })).rejects.toThrow(
    'has signed out',
  );
  expect(keys).toHaveLength(0);
});

it('repeats under its key what may have been saved, until something else is said of the same', async () => {
  vi.useFakeTimers();
  const client = new QueryClient();
  client.setQueryData(['run', 'a'], { decisions: [] });
  const keys = answering(...Array<() => Promise<Response>>(6).fill(lost), kept, kept, kept);
  const { result } = deciding(client);
  const accept = { subject: 'y', verdict: 'ACCEPTED' } as const;
  const first = result.current.decide(accept).catch((e: unknown) => e);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(await first).toBeInstanceOf(Error);
  expect(keys).toHaveLength(6);
  await result.current.decide(accept);
  expect(keys[6]).toBe(keys[0]);
  await result.current.decide({ ...accept, verdict: 'REJECTED' });
  await result.current.decide(accept);
  expect(new Set(keys).size).toBe(3);
});

it('shows a decision that an answer on its way does not have yet', async () => {
  const client = new QueryClient();
  client.setQueryData(['run', 'a'], { decisions: [] });
  let answer: (run: object) => void = () => undefined;
  const asked = client
    .query({ queryKey: ['run', 'a'], queryFn: () => new Promise<object>((done) => (answer = done)) })
    .catch(() => undefined);
  vi.stubGlobal('fetch', () => new Promise(() => undefined));
  const { result } = deciding(client);
  const decisions = () => client.getQueryData<Run>(['run', 'a'])?.decisions;
  act(() => void result.current.decide({ subject: 'x', verdict: 'ACCEPTED' }));
  await waitFor(() => expect(decisions()).toHaveLength(1));
  answer({ decisions: [] });
  await asked;
  expect(decisions()).toHaveLength(1);
});

it('has the browser ask before a tab goes that still sends, from another page too, until it is kept', async () => {
  const client = new QueryClient();
  client.setQueryData(['run', 'a'], { decisions: [] });
  let answer: (response: Response) => void = () => undefined;
  answering(() => new Promise((done) => (answer = done)));
  renderHook(useAskedBeforeLeaving, {
    wrapper: ({ children }: { children: ReactNode }) => (
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    ),
  });
  const { result, unmount } = deciding(client);
  const asks = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
  expect(asks()).toBe(false);
  const decided = result.current.decide({ subject: 'x', verdict: 'ACCEPTED' });
  unmount();
  await waitFor(() => expect(asks()).toBe(true));
  answer(await kept());
  await decided;
  await waitFor(() => expect(asks()).toBe(false));
});
