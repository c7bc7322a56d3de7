import { QueryClient, QueryClientProvider, QueryObserver } from '@tanstack/react-query';
import { act, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { askAnew, asking, useLive } from './live';

class Source {
  static readonly CLOSED = 2;
  static all: Source[] = [];
  readyState = 0;
  onopen = () => undefined;
  onerror = () => undefined;
  hear: (event: { data: string }) => void = () => undefined;
  close = vi.fn();

  constructor() {
    Source.all.push(this);
  }

  addEventListener(_: string, hear: Source['hear']) {
    this.hear = hear;
  }
}

const client = new QueryClient();
let anew = vi.spyOn(client, 'invalidateQueries');

function Live() {
  useLive();
  return null;
}

function show() {
  return render(
    <QueryClientProvider client={client}>
      <Live />
    </QueryClientProvider>,
  );
}

function look(state: DocumentVisibilityState) {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
}

const source = () => {
  const last = Source.all.at(-1);
  if (!last) throw new Error('no stream was opened');
  return last;
};

beforeEach(() => {
  vi.useFakeTimers();
  Source.all = [];
  vi.stubGlobal('EventSource', Source);
  anew = vi.spyOn(client, 'invalidateQueries');
});

afterEach(() => {
  vi.useRealTimers();
  client.clear();
});

it('asks once for changes that come together', () => {
  show();
  source().hear({ data: '{"kind":"batch","subject":"1"}' });
  source().hear({ data: '{"kind":"batch","subject":"1"}' });
  expect(anew).not.toHaveBeenCalled();
  vi.advanceTimersByTime(300);
  expect(anew.mock.calls).toEqual([[{ queryKey: ['batches'] }, { cancelRefetch: false }]]);
});

it('asks seldom while it is told, and as before when it is not', () => {
  const { unmount } = show();
  expect(asking(1_500)).toBe(1_500);
  source().onopen();
  expect(asking(1_500)).toBe(60_000);
  source().onerror();
  expect(asking(1_500)).toBe(1_500);
  source().onopen();
  unmount();
  expect(asking(1_500)).toBe(1_500);
});

it('opens another stream after one was refused, and then asks for everything', () => {
  show();
  source().readyState = Source.CLOSED;
  source().onerror();
  vi.advanceTimersByTime(31_000);
  expect(Source.all).toHaveLength(2);
  source().onopen();
  expect(anew).toHaveBeenCalledWith({ queryKey: ['runs'] }, { cancelRefetch: false });
  expect(anew).toHaveBeenCalledWith({ queryKey: ['telemetry'] }, { cancelRefetch: false });
});

it('listens only in sight', () => {
  show();
  look('hidden');
  expect(source().close).toHaveBeenCalled();
  look('visible');
  expect(Source.all).toHaveLength(2);
});

it('asks for the run that changed and no other', () => {
  anew.mockRestore();
  client.setQueryData(['run', 'a'], {});
  client.setQueryData(['run', 'b'], {});
  askAnew(client, [{ kind: 'run', subject: 'a' }]);
  expect(client.getQueryState(['run', 'a'])?.isInvalidated).toBe(true);
  expect(client.getQueryState(['run', 'b'])?.isInvalidated).toBe(false);
});

const SECOND = 1_000;

function watch(queryKey: string[], queryFn: () => Promise<object>, open = false) {
  client.setQueryData(queryKey, {});
  return new QueryObserver(client, { queryKey, queryFn, staleTime: Infinity, meta: { open } }).subscribe(
    () => undefined,
  );
}

const slow = (millis: number) =>
  vi.fn(() => new Promise<object>((resolve) => setTimeout(() => resolve({ at: Date.now() }), millis)));

const mutate = (mutationKey: string[], millis: number) =>
  void client
    .getMutationCache()
    .build(client, { mutationKey, mutationFn: slow(millis) })
    .execute(undefined);

it('lets a slow list answer under steady changes, asks seldom, and asks once more after the last', async () => {
  anew.mockRestore();
  const ask = slow(2 * SECOND);
  const unwatch = watch(['runs'], ask);
  show();
  for (let pulse = 0; pulse < 40; pulse++) {
    source().hear({ data: '{"kind":"run","subject":null}' });
    await vi.advanceTimersByTimeAsync(500);
  }
  const last = Date.now();
  // The first data was set by the test itself.
  expect(client.getQueryState(['runs'])?.dataUpdateCount).toBeGreaterThanOrEqual(6);
  expect(ask.mock.calls.length).toBeLessThanOrEqual(7);
  await vi.advanceTimersByTimeAsync(10 * SECOND);
  const at = client.getQueryData<{ at: number }>(['runs'])?.at ?? 0;
  expect(at - 2 * SECOND).toBeGreaterThanOrEqual(last - 500);
  expect(client.isFetching()).toBe(0);
  unwatch();
});

it('asks once more where a change comes while an answer older than it is on its way', async () => {
  anew.mockRestore();
  const ask = slow(5 * SECOND);
  const unwatch = watch(['batches'], ask);
  show();
  source().hear({ data: '{"kind":"batch","subject":"1"}' });
  await vi.advanceTimersByTimeAsync(SECOND);
  source().hear({ data: '{"kind":"batch","subject":"1"}' });
  await vi.advanceTimersByTimeAsync(20 * SECOND);
  expect(ask).toHaveBeenCalledTimes(2);
  unwatch();
});

it('keeps the change of a run until the decision on it is saved, and no other', async () => {
  anew.mockRestore();
  const [asked, other] = [slow(10), slow(10)];
  const unwatch = [watch(['run', 'a'], asked, true), watch(['run', 'b'], other, true)];
  show();
  mutate(['send', 'a'], 5 * SECOND);
  mutate(['elsewhere'], 60 * SECOND);
  source().hear({ data: '{"kind":"run","subject":null}' });
  await vi.advanceTimersByTimeAsync(4 * SECOND);
  expect(asked).not.toHaveBeenCalled();
  expect(other).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(5 * SECOND);
  expect(asked).toHaveBeenCalledTimes(1);
  expect(other).toHaveBeenCalledTimes(1);
  unwatch.forEach((end) => end());
});

it('asks for the run that is open where many changed, and leaves those of a gallery for later', async () => {
  anew.mockRestore();
  const [open, among] = [slow(10), slow(10)];
  const unwatch = [watch(['run', 'a'], open, true), watch(['run', 'b'], among)];
  show();
  source().hear({ data: '{"kind":"run","subject":null}' });
  await vi.advanceTimersByTimeAsync(SECOND);
  expect(open).toHaveBeenCalledTimes(1);
  expect(among).not.toHaveBeenCalled();
  expect(client.getQueryState(['run', 'b'])?.isInvalidated).toBe(true);
  unwatch.forEach((end) => end());
});
