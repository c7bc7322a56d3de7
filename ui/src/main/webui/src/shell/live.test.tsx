import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
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
});

it('asks once for changes that come together', () => {
  show();
  source().hear({ data: '{"kind":"batch","subject":"1"}' });
  source().hear({ data: '{"kind":"batch","subject":"1"}' });
  expect(anew).not.toHaveBeenCalled();
  vi.advanceTimersByTime(300);
  expect(anew.mock.calls).toEqual([[{ queryKey: ['batches'] }]]);
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
  expect(anew).toHaveBeenCalledWith({ queryKey: ['runs'] });
  expect(anew).toHaveBeenCalledWith({ queryKey: ['telemetry'] });
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
