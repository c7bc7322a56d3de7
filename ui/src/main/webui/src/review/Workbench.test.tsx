import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { App } from 'antd';
import { MemoryRouter, Route, Routes } from 'react-router';
import { beforeEach, expect, it, vi } from 'vitest';
import fixture from '../../mock/fixtures/software-licence.json';
import type { NewDecision, Run } from '../api/types';
import '../i18n';
import RunPage from '../run/RunPage';

const run = fixture as unknown as Run;
let posted: NewDecision[];
let arrival: Promise<void>;
let arrive: () => void;
let client: QueryClient;
let expired: boolean;

beforeEach(() => {
  posted = [];
  expired = false;
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  arrival = Promise.resolve();
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => {
    if (init?.method === 'POST') {
      const decision = JSON.parse(init.body as string) as NewDecision;
      posted.push(decision);
      const saved = { ...decision, id: `d${posted.length}`, by: 'analyst', at: '2026-06-01T10:00:00Z' };
      return arrival.then(() => Response.json(saved, { status: 201 }));
    }
    if (expired) return Promise.resolve(Response.json({ title: 'no', status: 401 }, { status: 401 }));
    const me = { name: 'analyst', tenant: 'default', roles: ['analyst'], grants: ['analyst'] };
    const answer = path.endsWith('/me') ? me : path.includes('/tasks') ? [] : run;
    return Promise.resolve(Response.json(answer));
  });
});

async function open(query = '') {
  render(
    <QueryClientProvider client={client}>
      <App>
        <MemoryRouter initialEntries={[`/runs/${run.id}${query}`]}>
          <Routes>
            <Route path="/runs/:id" element={<RunPage />} />
          </Routes>
        </MemoryRouter>
      </App>
    </QueryClientProvider>,
  );
  await screen.findByText('software-licence-agreement.docx', undefined, { timeout: 20_000 });
  return userEvent.setup();
}

function get(selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (!element) throw new Error(`nothing matches ${selector}`);
  return element;
}

const cards = () => document.querySelectorAll('.panel [role="tabpanel"]:not([hidden]) [data-card]');
const selected = () => document.querySelector('.item-selected')?.getAttribute('data-card') ?? null;

it('filters by severity', async () => {
  const user = await open();
  expect(cards()).toHaveLength(3);
  await user.click(screen.getByRole('button', { name: /^High/, pressed: false }));
  expect([...cards()].map((card) => card.getAttribute('data-card'))).toEqual(['f2']);
});

it('opens at the item in the address, and marks it in the text', async () => {
  await open('?item=f1');
  expect(selected()).toBe('f1');
  const marks = [...document.querySelectorAll('mark.mark-selected')];
  expect(marks.map((mark) => mark.textContent).join(' ')).toContain("ninety (90) days' written notice");
});

it('goes from words in the contract to their clause', async () => {
  const user = await open();
  await user.click(get('mark.mark-clause'));
  expect(selected()).toBe('c1');
  expect(screen.getByRole('tab', { name: /Clauses/ }).getAttribute('aria-selected')).toBe('true');
});

it('steps with j and k, and accepts with a', async () => {
  const user = await open();
  await user.keyboard('jj');
  expect(selected()).toBe('f2');
  await user.keyboard('k');
  expect(selected()).toBe('f1');
  await user.keyboard('a');
  expect(posted).toEqual([{ subject: 'f1', verdict: 'ACCEPTED' }]);
  expect(await within(get('[data-card="f1"]')).findByText(/by analyst/)).toBeTruthy();
});

it('sends a decision that is made while another is on its way after it', async () => {
  arrival = new Promise((done) => (arrive = done));
  const user = await open('?item=f2');
  await user.keyboard('ar');
  await user.click(screen.getByRole('button', { name: 'Reject' }));
  expect(posted).toHaveLength(1);
  arrive();
  await vi.waitFor(() =>
    expect(posted.map(({ subject, verdict }) => [subject, verdict])).toEqual([
      ['f2', 'ACCEPTED'],
      ['f2', 'REJECTED'],
    ]),
  );
});

it('takes a double press as one decision', async () => {
  arrival = new Promise((done) => (arrive = done));
  const user = await open('?item=f2');
  await user.keyboard('aar');
  await user.click(screen.getByRole('button', { name: 'Reject' }));
  arrive();
  await vi.waitFor(() => expect(posted).toHaveLength(2));
  expect(posted.map(({ verdict }) => verdict)).toEqual(['ACCEPTED', 'REJECTED']);
});

it('does not save a correction that says nothing, nor take letters in it for commands', async () => {
  const user = await open('?item=f2');
  await user.keyboard('c');
  const field = screen.getByLabelText('What it should say');
  await user.click(screen.getByRole('button', { name: 'Correct' }));
  expect(posted).toEqual([]);
  await user.type(field, 'as a clerk');
  await user.click(screen.getByRole('button', { name: 'Correct' }));
  expect(posted).toEqual([{ subject: 'f2', verdict: 'CORRECTED', correction: 'as a clerk' }]);
});

it('shows tracked changes', async () => {
  await open();
  expect([...document.querySelectorAll('.sheet del')].map((del) => del.textContent)).toContain(
    'Deleted: £420,000',
  );
  expect([...document.querySelectorAll('.sheet ins')].map((ins) => ins.textContent)).toContain(
    'Inserted: £480,000',
  );
});

it('comments without deciding', async () => {
  const user = await open('?item=f2');
  await user.keyboard('n');
  await user.type(screen.getByLabelText('Comment'), 'See page 7.');
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(await within(get('[data-card="f2"]')).findByText('See page 7.')).toBeDefined();
  expect(posted).toEqual([{ subject: 'f2', text: 'See page 7.' }]);
  expect(get('[data-card="f2"]').querySelector('.decision')).toBeNull();
});

it('keeps what is being written where the run can not be asked for anew', async () => {
  const user = await open();
  await user.keyboard('jn');
  const text = get('.draft textarea');
  await user.type(text, 'Ask their');
  expired = true;
  await client.invalidateQueries({ queryKey: ['run'] });
  await vi.waitFor(() =>
    expect(client.getQueryCache().find({ queryKey: ['run', run.id] })?.state.status).toBe('error'),
  );
  await user.type(text, ' counsel');
  expect(get('.draft textarea')).toBe(text);
  expect((text as HTMLTextAreaElement).value).toBe('Ask their counsel');
});
