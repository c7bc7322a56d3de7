import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { extendsTree, hex, includes, leafHash, parseCheckpoint, parseKey, verifiedCheckpoint } from './proof';

/** The test vectors that are published, which another program made. */
const format = readFileSync(join(import.meta.dirname, '../../../../../../docs/audit-format.md'), 'utf8');

function vector(name: string): string {
  const begin = format.indexOf(`\`${name}\`:\n\n\`\`\`text\n`);
  const end = format.indexOf('```', begin + name.length + 12);
  return format.slice(format.indexOf('text\n', begin) + 5, end);
}

const leaves = vector('entries.jsonl').trimEnd().split('\n');
const hashes = vector('hashes.txt').trimEnd().split('\n');
const note = vector('checkpoint.txt');
const key = vector('key.txt');
const ROOT = 'b03ff9fb47d8593dcd9460ab120ca2a5c784479b95c778e1df75a01b1f310ae4';
/** As the document says: of entry 2, one hash; of entry 0, those of entries 1 and 2. */
const OF_TWO = ['tRi5Fy287xQgiBDYU+pD3shqkeAlbIHs8qnu6g7aUjU='];
const b64 = (text: string) => Buffer.from(text, 'hex').toString('base64');
const OF_ZERO = [b64(hashes[1] ?? ''), b64(hashes[2] ?? '')];

const flipped = (text: string, at: number) =>
  text.slice(0, at) + (text.charAt(at) === 'A' ? 'B' : 'A') + text.slice(at + 1);

describe('the published vectors', () => {
  it('have their hashes, their root and their signature', async () => {
    expect(await Promise.all(leaves.map(async (leaf) => hex(await leafHash(leaf))))).toEqual(hashes);
    const head = await verifiedCheckpoint(note, await parseKey(key));
    expect([head.size, hex(head.root)]).toEqual([3, ROOT]);
  });

  it('are included, each in its own place only', async () => {
    const { root } = parseCheckpoint(note);
    const proofs = [OF_ZERO, [b64(hashes[0] ?? ''), b64(hashes[2] ?? '')], OF_TWO];
    for (const [i, proof] of proofs.entries()) {
      const leaf = await leafHash(leaves[i] ?? '');
      for (const place of [0, 1, 2]) {
        expect(await includes(leaf, place, 3, proof, root), `${i} at ${place}`).toBe(place === i);
      }
      expect(await includes(leaf, i, 5, proof, root)).toBe(false);
      expect(await includes(leaf, i, 3, [], root)).toBe(false);
      expect(await includes(leaf, i, 3, [...proof, ...OF_TWO], root)).toBe(false);
      expect(await includes(leaf, i, 3, [flipped(proof[0] ?? '', 5), ...proof.slice(1)], root)).toBe(false);
      expect(await includes(await leafHash(flipped(leaves[i] ?? '', 40)), i, 3, proof, root)).toBe(false);
    }
    expect(await includes(await leafHash(''), -1, 3, OF_ZERO, root)).toBe(false);
  });

  it('grow from one and from two entries to three', async () => {
    const three = parseCheckpoint(note);
    const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));
    const one = { ...three, size: 1, root: bytes(hashes[0] ?? '') };
    const two = { ...three, size: 2, root: Uint8Array.from(Buffer.from(OF_TWO[0] ?? '', 'base64')) };
    expect(await extendsTree(one, three, OF_ZERO)).toBe(true);
    expect(await extendsTree(two, three, [b64(hashes[2] ?? '')])).toBe(true);
    expect(await extendsTree(three, three, [])).toBe(true);
    expect(await extendsTree({ ...three, root: one.root }, three, []), 'a fork').toBe(false);
    expect(await extendsTree(three, two, []), 'backwards').toBe(false);
    expect(await extendsTree(one, three, OF_ZERO.toReversed())).toBe(false);
    expect(await extendsTree(one, three, [...OF_ZERO, ...OF_TWO])).toBe(false);
    expect(await extendsTree(two, three, OF_TWO)).toBe(false);
  });

  it('are refused when anything of the head or the key is changed', async () => {
    const verifier = await parseKey(key);
    const dash = note.indexOf('\u2014');
    for (const at of [3, 31, 40, dash + 4, dash + 40, note.length - 20]) {
      await expect(verifiedCheckpoint(flipped(note, at), verifier), `${at}`).rejects.toThrow('false');
    }
    await expect(verifiedCheckpoint(note.replace('\n3\n', '\n03\n'), verifier)).rejects.toThrow('false note');
    await expect(verifiedCheckpoint('', verifier)).rejects.toThrow('false note');
    for (const at of [0, 31, key.length - 10]) {
      await expect(parseKey(flipped(key, at))).rejects.toThrow('false key');
    }
  });
});
