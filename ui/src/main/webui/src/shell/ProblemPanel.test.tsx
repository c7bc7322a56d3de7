import { render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, expect, it } from 'vitest';
import { ProblemError } from '../api/client';
import i18n from 'i18next';
import '../i18n';
import { ProblemPanel } from './ProblemPanel';

const problem = new ProblemError({
  type: 'urn:baigong:problem:encrypted',
  title: 'Encrypted',
  status: 422,
  detail: 'this PDF is protected by a password',
  remedy: 'Remove the password and send it again.',
});
const show = () =>
  render(
    <MemoryRouter>
      <ProblemPanel error={problem} />
    </MemoryRouter>,
  );

afterEach(() => i18n.changeLanguage('en'));

it('tells a known problem in Chinese, with the detail and the remedy as the suite gave them', async () => {
  await i18n.changeLanguage('zh');
  show();
  expect(screen.getByRole('heading').textContent).toBe('文件已加密');
  expect(screen.getByText('this PDF is protected by a password').lang).toBe('en');
  expect(screen.getByText(/请去除密码/)).toBeTruthy();
  expect(screen.getByText('Remove the password and send it again.').lang).toBe('en');
});

it('tells it in English as the suite does', async () => {
  await i18n.changeLanguage('en');
  show();
  expect(screen.getByRole('heading').textContent).toBe('Encrypted');
  expect(screen.getByText(/Remove the password/)).toBeTruthy();
});
