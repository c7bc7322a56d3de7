import { useSearchParams } from 'react-router';
import type { RunListing } from '../api/client';

/** Runs on one page of the list. */
export const SIZE = 25;

const KEPT = ['task', 'status', 'q', 'from', 'sort'] as const;

/** From 1. */
export const pageOf = (params: URLSearchParams) =>
  Math.max(1, Math.floor(Number(params.get('page') ?? 1)) || 1);

/** The list that the address asks for. What can't be understood is left out. */
export function listingOf(params: URLSearchParams): { listing: RunListing; page: number } {
  const page = pageOf(params);
  const listing: RunListing = { offset: (page - 1) * SIZE, limit: SIZE };
  for (const name of KEPT) {
    const value = params.get(name);
    if (value) listing[name] = value;
  }
  if (params.get('undecided') === 'true') listing.undecided = true;
  return { listing, page };
}

/** What the address says, and a way to say something else; a list then begins at its first page. */
export function useAddress() {
  const [params, setParams] = useSearchParams();
  function set(changes: Record<string, string | undefined>) {
    setParams((before) => {
      const after = new URLSearchParams(before);
      after.delete('page');
      for (const [name, value] of Object.entries(changes)) {
        if (value === undefined) after.delete(name);
        else after.set(name, value);
      }
      return after;
    });
  }
  return { params, set };
}

/** The list that the address asks for, and a way to ask for another. */
export function useListing() {
  const { params, set } = useAddress();
  return { ...listingOf(params), set };
}
