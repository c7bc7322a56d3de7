import { beforeEach, expect, it } from 'vitest';
import { ProblemError } from '../api/client';
import { base64, leafHash } from './proof';
import { forget, seen, standingOf } from './seen';

type Bytes = Uint8Array<ArrayBuffer>;

const bytes = (text: string): Bytes => new TextEncoder().encode(text);
const joined = (...parts: Bytes[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
const sha = async (...parts: Bytes[]) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', joined(...parts)));

/** The tree of RFC 6962, 2.1, as it is defined there. */
async function root(leaves: string[]): Promise<Bytes> {
  if (leaves.length < 2) return leaves[0] === undefined ? sha() : leafHash(leaves[0]);
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return sha(Uint8Array.of(1), await root(leaves.slice(0, k)), await root(leaves.slice(k)));
}

/** PROOF of RFC 6962, 2.1.2. */
async function subproof(m: number, leaves: string[], whole: boolean): Promise<string[]> {
  if (m === leaves.length) return whole ? [] : [base64(await root(leaves))];
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return m <= k
    ? [...(await subproof(m, leaves.slice(0, k), whole)), base64(await root(leaves.slice(k)))]
    : [...(await subproof(m - k, leaves.slice(k), false)), base64(await root(leaves.slice(0, k)))];
}

/** A suite with a log of its own. */
async function suite() {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  const data = joined(Uint8Array.of(1), new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)));
  const hash = (await sha(bytes('log\n'), data)).slice(0, 4);
  const hex = [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const note = async (leaves: string[]) => {
    const text = `log\n${leaves.length}\n${base64(await root(leaves))}\n`;
    const signature = new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, bytes(text)));
    return `${text}\n\u2014 log ${base64(joined(hash, signature))}\n`;
  };
  return { key: `log+${hex}+${base64(data)}`, note };
}

/** What a suite with these entries proves. */
const having = (leaves: string[]) => async (from: number, to: number) => {
  if (to > leaves.length) {
    throw new ProblemError({ type: 'urn:baigong:problem:invalid', title: '', status: 400, detail: '' });
  }
  return { proof: from === 0 ? [] : await subproof(from, leaves.slice(0, to), true) };
};

const LEAVES = Array.from('abcdefghijklm');

beforeEach(forget);

it('follows a log that grows, also when another window was faster', async () => {
  const { key, note } = await suite();
  const standing = async (size: number) =>
    (await standingOf(await note(LEAVES.slice(0, size)), key, having(LEAVES))).kind;

  expect(await standing(0)).toBe('first');
  for (const size of [1, 2, 3, 7, 8, 13]) expect(await standing(size), `${size}`).toBe('continued');
  expect(await standing(11), 'older, and still there').toBe('continued');
  expect(seen()?.note).toBe(await note(LEAVES));
});

it('tells a log that was cut off, written anew, or signed by another', async () => {
  const { key, note } = await suite();
  const other = await suite();
  const whole = await note(LEAVES);
  await standingOf(whole, key, having(LEAVES));
  const cut = LEAVES.slice(0, 9);
  const anew = ['x', ...LEAVES.slice(1), 'n', 'o'];
  const forged = whole.replace('\n13\n', '\n14\n');
  const told = async (head: string, leaves: string[], by = key) =>
    (await standingOf(head, by, having(leaves))).kind;

  expect(await told(await note(cut), cut)).toBe('rollback');
  expect(await told(await note(anew), anew)).toBe('fork');
  expect(await told(await note(anew.slice(0, 13)), anew), 'as long').toBe('fork');
  expect(await told(await note(anew.slice(0, 9)), anew), 'shorter').toBe('fork');
  expect(await told(forged, LEAVES)).toBe('unsigned');
  expect(await told(await other.note(LEAVES), LEAVES)).toBe('unsigned');
  expect(await told(await other.note(LEAVES), LEAVES, other.key)).toBe('other-key');
  expect(seen()?.note, 'what was seen is kept').toBe(whole);
});
