import type { AuditListing } from '../api/client';
import { pageOf } from '../runs/useListing';

/** Entries on one page of the list. */
export const SIZE = 25;

const KEPT = ['q', 'kind', 'actor', 'task', 'record', 'sort'] as const;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** When a day begins here, as a moment; undefined for what is no day. */
export function beginOf(day: string | null, later = 0): string | undefined {
  if (!day || !DAY.test(day)) return undefined;
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const begin = new Date(year, month - 1, date + later);
  return Number.isNaN(begin.getTime()) ? undefined : begin.toISOString();
}

/** The list that the address asks for; its days are whole ones of this place. What can't be understood is left out. */
export function listingOf(params: URLSearchParams): { listing: AuditListing; page: number } {
  const page = pageOf(params);
  const listing: AuditListing = { offset: (page - 1) * SIZE, limit: SIZE };
  for (const name of KEPT) {
    const value = params.get(name);
    if (value) listing[name] = value;
  }
  const from = beginOf(params.get('from'));
  const to = beginOf(params.get('to'), 1);
  if (from) listing.from = from;
  if (to) listing.to = to;
  return { listing, page };
}
