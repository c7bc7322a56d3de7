import { expect, it } from 'vitest';
import type { Decision } from '../api/types';
import { latestDecisions } from './SecondReviews';

it('takes the decision that counts on each subject', () => {
  const decision = (id: string, subject: string): Decision => ({
    id,
    subject,
    verdict: 'ACCEPTED',
    by: 'li',
    at: '2026-11-28T00:00:00Z',
  });
  const made = [decision('1', 'a'), decision('2', 'b'), decision('3', 'a')];
  expect(latestDecisions(made).map(({ id }) => id)).toEqual(['3', '2']);
});
