import { describe, expect, it } from 'vitest';
import { listingOf, SIZE } from './useListing';

describe('the list that an address asks for', () => {
  it('is the first page of everything by default', () => {
    expect(listingOf(new URLSearchParams())).toEqual({ listing: { offset: 0, limit: SIZE }, page: 1 });
  });

  it('takes filters, order and page', () => {
    const params = new URLSearchParams('task=a.b&q=lease&undecided=true&sort=-duration&page=3&colour=red');
    expect(listingOf(params)).toEqual({
      listing: { task: 'a.b', q: 'lease', undecided: true, sort: '-duration', offset: 2 * SIZE, limit: SIZE },
      page: 3,
    });
  });

  it.each(['page=-4', 'page=many', 'page=0', 'page=NaN'])('begins at the first page for %s', (query) => {
    expect(listingOf(new URLSearchParams(query)).page).toBe(1);
  });
});
