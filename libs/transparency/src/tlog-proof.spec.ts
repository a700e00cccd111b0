import { describe, expect, it } from '@jest/globals';
import { signCheckpoint } from './checkpoint.js';
import { ed25519FromSeed } from './ed25519.js';
import { formatHash, leafHash } from './merkle-hash.js';
import { MemoryTree } from './memory-tree.js';
import { noteSigner } from './note-signer.js';
import { noteVerifier } from './note-verifier.js';
import { formatTlogProof, parseTlogProof, type TlogProof, verifyTlogProof } from './tlog-proof.js';
import { TransparencyError } from './transparency-error.js';

const origin = 'gba.example/evidence/cn';
const log = noteSigner(origin, await ed25519FromSeed(new Uint8Array(32).fill(8)));
const trust = { origin, log: [noteVerifier(log.key)] };
const tree = new MemoryTree();
for (let i = 0; i < 11; i++) tree.append(Uint8Array.of(i));
const checkpoint = await signCheckpoint({ origin, size: 11, root: tree.root() }, log);
const proof: TlogProof = { index: 6, hashes: tree.inclusionProof(6), checkpoint };
const file = formatTlogProof(proof);
const leaf = leafHash(Uint8Array.of(6));

describe('proof files', () => {
  it('come back as they were, with and without extra data', () => {
    expect(parseTlogProof(file)).toEqual(proof);
    const withExtra = { ...proof, extra: Uint8Array.of(1, 2, 3) };
    expect(parseTlogProof(formatTlogProof(withExtra))).toEqual(withExtra);
  });

  it('prove an entry of a tree of one without hashes', async () => {
    const one = await signCheckpoint({ origin, size: 1, root: tree.root(1) }, log);
    const alone = { index: 0, hashes: [], checkpoint: one };
    expect(parseTlogProof(formatTlogProof(alone))).toEqual(alone);
    await verifyTlogProof(alone, leafHash(Uint8Array.of(0)), trust);
  });

  it('are refused for another entry, index, tree or log', async () => {
    await expect(verifyTlogProof(proof, leafHash(Uint8Array.of(7)), trust)).rejects.toMatchObject({
      code: 'proof-invalid',
    });
    for (const index of [5, 7, 11, 2 ** 40])
      await expect(verifyTlogProof({ ...proof, index }, leaf, trust)).rejects.toMatchObject({ code: 'proof-invalid' });
    const shorter = await signCheckpoint({ origin, size: 10, root: tree.root(10) }, log);
    await expect(verifyTlogProof({ ...proof, checkpoint: shorter }, leaf, trust)).rejects.toMatchObject({
      code: 'proof-invalid',
    });
    await expect(verifyTlogProof(proof, leaf, { ...trust, origin: 'other' })).rejects.toMatchObject({
      code: 'checkpoint-foreign',
    });
  });

  it('are refused with any byte flipped', async () => {
    const opened = await verifyTlogProof(parseTlogProof(file), leaf, trust);
    expect(opened.checkpoint.size).toBe(11);
    const bytes = Buffer.from(file);
    for (let at = 0; at < bytes.length; at++) {
      const damaged = Buffer.from(bytes);
      damaged[at]! ^= 1;
      const attempt = async () => verifyTlogProof(parseTlogProof(damaged.toString('latin1')), leaf, trust);
      await expect(attempt()).rejects.toBeInstanceOf(TransparencyError);
      const text = new TextDecoder().decode(damaged);
      await expect((async () => verifyTlogProof(parseTlogProof(text), leaf, trust))()).rejects.toBeInstanceOf(
        TransparencyError,
      );
    }
  });

  it.each([
    ['nothing', ''],
    ['another header', file.replace('@v1', '@v2')],
    ['no index', file.replace('index 6\n', '')],
    ['a padded index', file.replace('index 6', 'index 06')],
    ['a capital in the index line', file.replace('index', 'Index')],
    ['extra data behind the index', file.replace('index 6\n', 'index 6\nextra AAAA\n')],
    ['empty extra data', file.replace('index', 'extra \nindex')],
    ['extra data twice', file.replace('index', 'extra AAAA\nextra AAAA\nindex')],
    ['a short hash', file.replace(formatHash(proof.hashes[0]!), 'AAAA')],
    ['64 hashes', file.replace('index 6\n', `index 6\n${`${formatHash(leaf)}\n`.repeat(64)}`)],
    ['no checkpoint', file.slice(0, file.indexOf('\n\n') + 2)],
    ['no end', file.slice(0, -1)],
  ])('are refused with %s', (_, broken) => {
    expect(() => parseTlogProof(broken)).toThrow(TransparencyError);
  });

  it.each([
    ['64 hashes', { ...proof, hashes: Array.from({ length: 64 }, () => leaf) }],
    ['empty extra data', { ...proof, extra: new Uint8Array(0) }],
    ['a checkpoint that is no note', { ...proof, checkpoint: 'text\n' }],
    ['an index below 0', { ...proof, index: -1 }],
  ])('are not written with %s', (_, wrong) => {
    expect(() => formatTlogProof(wrong)).toThrow(TransparencyError);
  });
});
