import { keepPreviousData, useQuery } from '@tanstack/react-query';
import * as api from '../api/client';
import type { AuditLeaf } from '../api/types';
import { hex, includes, leafHash } from './proof';
import { standingOf, type Standing } from './seen';

export const useAuditEntries = (listing: api.AuditListing) =>
  useQuery({
    queryKey: ['audit', 'entries', listing],
    queryFn: () => api.auditEntries(listing),
    placeholderData: keepPreviousData,
  });

/** The newest head, checked here; asked for anew whenever a page of the log is opened. */
export const useHead = () =>
  useQuery({
    queryKey: ['audit', 'head'],
    queryFn: async () => {
      const { checkpoint, key } = await api.auditHead();
      return { checkpoint, key, standing: await standingOf(checkpoint, key) };
    },
    staleTime: 0,
  });

/** An entry, and what this browser itself found of it. */
export interface Checked {
  seq: number;
  leafText: string;
  /** Null where what was hashed is no entry with this number. */
  leaf: AuditLeaf | null;
  hash: string;
  sameHash: boolean;
  included: boolean;
  standing: Standing;
  proof: string[];
  checkpoint: string;
}

async function checked(seq: string): Promise<Checked> {
  const entry = await api.auditEntry(seq);
  const { key } = await api.auditHead();
  const computed = await leafHash(entry.leafText);
  const standing = await standingOf(entry.checkpoint, key);
  // The size and the root that were signed, whatever else was said of them.
  const head = 'head' in standing ? standing.head : null;
  return {
    ...entry,
    leaf: leafOf(entry.leafText, Number(seq)),
    hash: hex(computed),
    sameHash: hex(computed) === entry.hash,
    included: head !== null && (await includes(computed, Number(seq), head.size, entry.proof, head.root)),
    standing,
  };
}

function leafOf(text: string, seq: number): AuditLeaf | null {
  try {
    const leaf = JSON.parse(text) as Partial<AuditLeaf>;
    return leaf.seq === seq && leaf.entry ? (leaf as AuditLeaf) : null;
  } catch {
    return null;
  }
}

export const useEntry = (seq: string) =>
  useQuery({ queryKey: ['audit', 'entry', seq], queryFn: () => checked(seq), staleTime: 0, gcTime: 0 });
