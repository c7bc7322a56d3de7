import { expect, it } from 'vitest';
import { listingOf } from './listing';

it('reads whole days of this place, and leaves out what it does not understand', () => {
  const { listing, page } = listingOf(
    new URLSearchParams('q=x&kind=run&from=2026-03-01&to=2026-03-31&page=3&nonsense=1'),
  );
  expect(page).toBe(3);
  expect(listing).toEqual({
    q: 'x',
    kind: 'run',
    from: new Date(2026, 2, 1).toISOString(),
    to: new Date(2026, 3, 1).toISOString(),
    offset: 50,
    limit: 25,
  });
  expect(listingOf(new URLSearchParams('from=yesterday&to=2026')).listing).toEqual({ offset: 0, limit: 25 });
});
