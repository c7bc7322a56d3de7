import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { App } from 'antd';
import { MemoryRouter } from 'react-router';
import { beforeEach, expect, it, vi } from 'vitest';
import '../i18n';
import { AppearanceProvider } from '../theme/mode';
import { tellExpired } from './session';
import { Suite } from './Suite';

let signedIn: string;
let client: QueryClient;

beforeEach(() => {
  tellExpired(false);
  signedIn = 'first';
  client = new QueryClient();
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => {
    if (init?.method === 'POST') {
      signedIn = (JSON.parse(init.body as string) as { name: string }).name;
      return Promise.resolve(new Response(null, { status: 204 }));
    }
    const body = path.endsWith('/me')
      ? { name: signedIn, tenant: 'default', roles: [], grants: [] }
      : { password: true };
    return Promise.resolve(Response.json(body));
  });
});

/** A page of the first person, whose sign-in has expired. */
async function open() {
  render(
    <QueryClientProvider client={client}>
      <AppearanceProvider>
        <App>
          <MemoryRouter initialEntries={['/nowhere']}>
            <Suite />
          </MemoryRouter>
        </App>
      </AppearanceProvider>
    </QueryClientProvider>,
  );
  await screen.findByText('first', undefined, { timeout: 20_000 });
  client.setQueryData(['runs'], 'of the first one');
  act(() => tellExpired(true));
}

async function signInAs(name: string) {
  fireEvent.change(screen.getByLabelText('Name'), { target: { value: name } });
  fireEvent.change(screen.getByLabelText('Password'), { target: { value: 'secret' } });
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  await vi.waitFor(() => expect(document.querySelector('.sign-in')).toBeNull(), { timeout: 20_000 });
}

it('goes on where the same person signs in again', async () => {
  await open();
  const before = document.querySelector('.suite');
  await signInAs('first');
  expect(client.getQueryData(['runs'])).toBe('of the first one');
  expect(document.querySelector('.suite')).toBe(before);
});

it('begins anew for another person, who sees nothing that the first one asked for', async () => {
  await open();
  const before = document.querySelector('.suite');
  await signInAs('second');
  expect(screen.getByText('second')).toBeTruthy();
  expect(client.getQueryData(['runs'])).toBeUndefined();
  expect(document.querySelector('.suite')).not.toBe(before);
});
