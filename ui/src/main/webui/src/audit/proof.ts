/**
 * Checks proofs of the audit log as docs/audit-format.md has them (RFC 6962, C2SP signed-note and tlog-checkpoint), with the
 * browser's own SHA-256 and Ed25519. Believes nothing that the server says of them.
 */

type Bytes = Uint8Array<ArrayBuffer>;

const HASH_BYTES = 32;
const ED25519 = 1;

/** What this browser lacks to check anything: WebCrypto, which needs HTTPS or localhost, or Ed25519 in it. */
export class LackingError extends Error {
  readonly lacks: 'webcrypto' | 'ed25519';

  constructor(lacks: LackingError['lacks']) {
    super(`this browser has no ${lacks}`);
    this.name = 'LackingError';
    this.lacks = lacks;
  }
}

/** A key or a signed head that is none. */
export class NoteError extends Error {
  readonly fault: 'key' | 'note' | 'origin' | 'signature';

  constructor(fault: NoteError['fault']) {
    super(`false ${fault}`);
    this.name = 'NoteError';
    this.fault = fault;
  }
}

/** A public key of a log: `name+hash+key`. */
export interface VerifierKey {
  name: string;
  /** Four bytes that tell keys apart. */
  hash: Bytes;
  bytes: Bytes;
}

/** A head of the log: so many entries, with this root. */
export interface Checkpoint {
  origin: string;
  size: number;
  root: Bytes;
}

function subtle(): SubtleCrypto {
  // Not there on pages that came over plain HTTP, whatever the types say.
  const there = (globalThis.crypto as Partial<Crypto> | undefined)?.subtle;
  if (!there) throw new LackingError('webcrypto');
  return there;
}

const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

function joined(...parts: Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

async function sha256(...parts: Bytes[]): Promise<Bytes> {
  return new Uint8Array(await subtle().digest('SHA-256', joined(...parts)));
}

export const hex = (bytes: Bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

export const base64 = (bytes: Bytes) => btoa(String.fromCharCode(...bytes));

/** Strict: what another text would be written for the same bytes is none. */
function unbase64(text: string): Bytes | null {
  try {
    const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    return base64(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}

const same = (one: Bytes, other: Bytes) =>
  one.length === other.length && one.every((byte, i) => byte === other[i]);

/** Reads a public key. */
export async function parseKey(text: string): Promise<VerifierKey> {
  const [name = '', hash, ...rest] = text.trim().split('+');
  const data = unbase64(rest.join('+'));
  if (!name || data?.length !== HASH_BYTES + 1 || data[0] !== ED25519) throw new NoteError('key');
  const computed = (await sha256(utf8(`${name}\n`), data)).slice(0, 4);
  if (hex(computed) !== hash) throw new NoteError('key');
  return { name, hash: computed, bytes: data.slice(1) };
}

/** The head that a note says, whoever signed it. */
export function parseCheckpoint(note: string): Checkpoint {
  const end = note.lastIndexOf('\n\n');
  const [origin = '', digits = '', encoded = ''] = note.slice(0, Math.max(0, end)).split('\n');
  const size = Number(digits);
  const root = unbase64(encoded);
  if (!origin || String(size) !== digits || !Number.isSafeInteger(size) || size < 0)
    throw new NoteError('note');
  if (root?.length !== HASH_BYTES) throw new NoteError('note');
  return { origin, size, root };
}

/** The head of a note that this key signed. */
export async function verifiedCheckpoint(note: string, key: VerifierKey): Promise<Checkpoint> {
  const head = parseCheckpoint(note);
  if (head.origin !== key.name) throw new NoteError('origin');
  const end = note.lastIndexOf('\n\n');
  const text = utf8(note.slice(0, end + 1));
  const prefix = `\u2014 ${key.name} `;
  const imported = await importKey(key);
  for (const line of note.slice(end + 2).split('\n')) {
    const data = line.startsWith(prefix) ? unbase64(line.slice(prefix.length)) : null;
    if (
      data &&
      same(data.slice(0, 4), key.hash) &&
      (await subtle().verify('Ed25519', imported, data.slice(4), text))
    ) {
      return head;
    }
  }
  throw new NoteError('signature');
}

async function importKey(key: VerifierKey): Promise<CryptoKey> {
  try {
    return await subtle().importKey('raw', key.bytes, 'Ed25519', false, ['verify']);
  } catch (error) {
    if (error instanceof LackingError) throw error;
    throw new LackingError('ed25519');
  }
}

/** Hash of a leaf's text. */
export const leafHash = (leaf: string) => sha256(Uint8Array.of(0), utf8(leaf));

const nodeHash = (left: Bytes, right: Bytes) => sha256(Uint8Array.of(1), left, right);

function steps(proof: string[]): Bytes[] | null {
  const hashes = proof.map(unbase64);
  return hashes.every((hash) => hash?.length === HASH_BYTES) ? (hashes as Bytes[]) : null;
}

/** Whether leaf number `index` is among the first `size`, whose root this is (RFC 9162, 2.1.3.2). */
export async function includes(leaf: Bytes, index: number, size: number, proof: string[], root: Bytes) {
  const hashes = steps(proof);
  if (!hashes || !Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  // Shifted as whole numbers: a log may have more entries than 32 bits count.
  let fn = BigInt(index);
  let sn = BigInt(size - 1);
  let hash = leaf;
  for (const step of hashes) {
    if (sn === 0n) return false;
    if ((fn & 1n) === 1n || fn === sn) {
      hash = await nodeHash(step, hash);
      while ((fn & 1n) === 0n && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      hash = await nodeHash(hash, step);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && same(hash, root);
}

/** Whether the first head's leaves are the second's first ones (RFC 9162, 2.1.4.2). */
export async function extendsTree(first: Checkpoint, second: Checkpoint, proof: string[]) {
  const hashes = steps(proof);
  if (!hashes || first.size > second.size) return false;
  if (first.size === second.size) return hashes.length === 0 && same(first.root, second.root);
  if (first.size === 0) return hashes.length === 0 && same(first.root, await sha256());
  let fn = BigInt(first.size - 1);
  let sn = BigInt(second.size - 1);
  const complete = (BigInt(first.size) & fn) === 0n;
  while ((fn & 1n) === 1n) {
    fn >>= 1n;
    sn >>= 1n;
  }
  const start = complete ? first.root : hashes.shift();
  if (!start) return false;
  let ofFirst = start;
  let ofSecond = start;
  for (const step of hashes) {
    if (sn === 0n) return false;
    if ((fn & 1n) === 1n || fn === sn) {
      ofFirst = await nodeHash(step, ofFirst);
      ofSecond = await nodeHash(step, ofSecond);
      while ((fn & 1n) === 0n && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      ofSecond = await nodeHash(ofSecond, step);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && same(ofFirst, first.root) && same(ofSecond, second.root);
}
