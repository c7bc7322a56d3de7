import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, it, vi } from 'vitest';
import { useDecide } from './queries';
import type { Run } from './types';

it('shows a decision that an answer on its way does not have yet', async () => {
  const client = new QueryClient();
  client.setQueryData(['run', 'a'], { decisions: [] });
  let answer: (run: object) => void = () => undefined;
  const asked = client
    .query({ queryKey: ['run', 'a'], queryFn: () => new Promise<object>((done) => (answer = done)) })
    .catch(() => undefined);
  vi.stubGlobal('fetch', () => new Promise(() => undefined));
  const { result } = renderHook(() => useDecide('a'), {
    wrapper: ({ children }: { children: ReactNode }) => (
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    ),
  });
  const decisions = () => client.getQueryData<Run>(['run', 'a'])?.decisions;
  act(() => result.current.mutate({ subject: 'x', verdict: 'ACCEPTED' }));
  await waitFor(() => expect(decisions()).toHaveLength(1));
  answer({ decisions: [] });
  await asked;
  expect(decisions()).toHaveLength(1);
});
