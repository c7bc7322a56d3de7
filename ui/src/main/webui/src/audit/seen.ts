import * as api from '../api/client';
import { extendsTree, NoteError, parseKey, verifiedCheckpoint, type Checkpoint } from './proof';

const STORED = 'baigong.audit.seen';

/** The newest head that this browser has checked, the key that signed it, and when that was. */
export interface Seen {
  key: string;
  note: string;
  at: string;
}

/** What is remembered; null in a browser that has seen no head, or that keeps nothing. */
export function seen(): Seen | null {
  try {
    const kept = JSON.parse(localStorage.getItem(STORED) ?? 'null') as Partial<Seen> | null;
    return kept?.key && kept.note && kept.at ? (kept as Seen) : null;
  } catch {
    return null;
  }
}

function remember(next: Seen) {
  try {
    localStorage.setItem(STORED, JSON.stringify(next));
  } catch {
    // A browser that keeps nothing sees each head for the first time.
  }
}

/** Lets the next head that the suite signs be the first one again. */
export function forget() {
  localStorage.removeItem(STORED);
}

/** What a head is, beside the last one that this browser has seen. */
export type Standing =
  | { kind: 'first' | 'continued'; head: Checkpoint; before?: { size: number; at: string } }
  | { kind: 'rollback' | 'fork'; head: Checkpoint; before: { size: number; at: string } }
  | { kind: 'other-key'; before: { at: string } }
  | { kind: 'unsigned'; fault: NoteError['fault'] };

export const isAlarm = (standing: Standing) => standing.kind !== 'first' && standing.kind !== 'continued';

/**
 * Whether the suite's key signed the head, and it continues the last one seen here; then it is the last one seen. Throws where
 * the browser lacks what it takes, or the suite can't be asked.
 */
export async function standingOf(
  note: string,
  key: string,
  consistency: typeof api.auditConsistency = api.auditConsistency,
): Promise<Standing> {
  const last = seen();
  if (last && last.key !== key) return { kind: 'other-key', before: { at: last.at } };
  try {
    const verifier = await parseKey(key);
    const head = await verifiedCheckpoint(note, verifier);
    const now = new Date().toISOString();
    if (!last) {
      remember({ key, note, at: now });
      return { kind: 'first', head };
    }
    const known = await verifiedCheckpoint(last.note, verifier);
    const before = { size: known.size, at: last.at };
    // An older head is no rollback while the suite still has all that was seen: another window may have been faster.
    const [smaller, larger] = head.size < known.size ? [head, known] : [known, head];
    const proof = await proofOf(smaller.size, larger.size, consistency);
    if (!proof && head.size < known.size) return { kind: 'rollback', head, before };
    if (!proof || !(await extendsTree(smaller, larger, proof))) return { kind: 'fork', head, before };
    if (head.size >= known.size) remember({ key, note, at: now });
    return { kind: 'continued', head, before };
  } catch (error) {
    if (error instanceof NoteError) return { kind: 'unsigned', fault: error.fault };
    throw error;
  }
}

/** Null where the suite has none to give. */
async function proofOf(from: number, to: number, consistency: typeof api.auditConsistency) {
  if (from === to) return [];
  try {
    return (await consistency(from, to)).proof;
  } catch (error) {
    if (error instanceof api.ProblemError && error.problem.status >= 400 && error.problem.status !== 401)
      return null;
    throw error;
  }
}
