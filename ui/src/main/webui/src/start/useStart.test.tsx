import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { beforeEach, expect, it, vi } from 'vitest';
import * as api from '../api/client';
import type { Run } from '../api/types';
import { useKept } from '../shell/useKept';
import { useStart } from './useStart';

beforeEach(() => {
  sessionStorage.clear();
  vi.spyOn(api, 'startRun').mockResolvedValue({ id: 'r1' } as Run);
});

function Page() {
  const start = useStart('a.b');
  const [text, setText] = useKept('start.a.b');
  const run = (field: string) => () => {
    const input = new FormData();
    input.append(field, 'one');
    start.run(input);
  };
  return (
    <>
      <input aria-label="form" value={text} onChange={({ target }) => setText(target.value)} />
      <button type="button" onClick={run('sample')}>
        sample
      </button>
      <button type="button" onClick={run('note')}>
        own
      </button>
    </>
  );
}

it('forgets a form that was sent, and keeps one that a sample was run beside', async () => {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <Page />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  const user = userEvent.setup();
  const form = screen.getByLabelText<HTMLInputElement>('form');
  await user.type(form, 'half a note');
  await user.click(screen.getByText('sample'));
  await vi.waitFor(() => expect(api.startRun).toHaveBeenCalledTimes(1));
  await new Promise((done) => setTimeout(done, 50));
  expect(form.value).toBe('half a note');
  await user.click(screen.getByText('own'));
  await vi.waitFor(() => expect(form.value).toBe(''));
});
