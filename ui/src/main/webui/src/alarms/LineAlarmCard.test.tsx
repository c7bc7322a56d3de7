import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { App } from 'antd';
import { MemoryRouter } from 'react-router';
import { beforeEach, expect, it, vi } from 'vitest';
import '../i18n';
import { LineAlarmCard } from './LineAlarmCard';
import { useAlarms } from './queries';
import type { LineAlarm } from './types';

const alarm = {
  id: 'a1',
  task: 'a.b',
  line: 'hall',
  source: 'press-7',
  part: 'pump',
  state: 'UNACKNOWLEDGED',
  opened: '2026-06-01T10:00:00Z',
  seen: '2026-06-01T10:00:00Z',
  peak: 0.9,
} as LineAlarm;

let posted: string[];
let arrive: () => void;

beforeEach(() => {
  posted = [];
  sessionStorage.clear();
  const arrival = new Promise<void>((done) => (arrive = done));
  let now = alarm;
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    if (init?.method === 'POST') {
      posted.push(path.slice(path.lastIndexOf('/') + 1));
      await arrival;
      now = { ...now, state: 'ACKNOWLEDGED', acknowledgedBy: 'analyst', acknowledgedAt: now.seen };
      return Response.json(now);
    }
    return Response.json(path.endsWith('/me') ? { name: 'analyst', grants: ['analyst'] } : [now]);
  });
});

function Page() {
  const alarms = useAlarms().data ?? [];
  return alarms.map((one) => <LineAlarmCard key={one.id} alarm={one} selected onSelect={vi.fn()} />);
}

it('sends a step that is taken while another is on its way after it, and leaves its form open meanwhile', async () => {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <App>
        <MemoryRouter>
          <Page />
        </MemoryRouter>
      </App>
    </QueryClientProvider>,
  );
  const user = userEvent.setup();
  await screen.findByRole('button', { name: 'Acknowledge' }, { timeout: 20_000 });
  await user.keyboard('aa');
  expect(posted).toEqual(['acknowledgement']);
  await user.click(screen.getByRole('button', { name: 'Assign' }));
  const field = screen.getByLabelText<HTMLInputElement>('Assign to');
  await user.type(field, 'li.wei{Enter}');
  expect(posted).toEqual(['acknowledgement']);
  arrive();
  await vi.waitFor(() => expect(posted).toEqual(['acknowledgement', 'assignment']));
  await vi.waitFor(() => expect(screen.queryByLabelText('Assign to')).toBeNull());
});
