import { describe, expect, it } from '@jest/globals';
import { signCheckpoint } from './checkpoint.js';
import { ed25519FromSeed } from './ed25519.js';
import { encodeEntryBundle } from './entry-bundle.js';
import { auditLog, type PublishedLog } from './log-audit.js';
import { MemoryTree } from './memory-tree.js';
import { noteSigner } from './note-signer.js';
import { noteVerifier } from './note-verifier.js';
import { encodeTile, type HashTile } from './tile.js';
import { TILE_WIDTH, tilePath, type TileId } from './tile-path.js';
import { TransparencyError } from './transparency-error.js';

const origin = 'log.example/audited';
const log = noteSigner(origin, await ed25519FromSeed(new Uint8Array(32).fill(7)));
const trust = { origin, log: [noteVerifier(log.key)] };
const SIZE = 70_000;
const entry = (i: number) => Buffer.from(`entry ${i}`);
const tree = new MemoryTree();
for (let i = 0; i < SIZE; i++) tree.append(entry(i));

const sign = (size: number, root = tree.root(size)) => signCheckpoint({ origin, size, root }, log);
const fileOf = (tile: TileId): Uint8Array =>
  tile.level === 'entries'
    ? encodeEntryBundle(Array.from({ length: tile.width }, (_, i) => entry(tile.index * TILE_WIDTH + i)))
    : encodeTile(tile as HashTile, tree.hashOf);

type Change = { path?: string; change?: (bytes: Uint8Array) => Uint8Array | undefined; older?: string[] };
const published = (size: number, { path, change, older = [] }: Change = {}): PublishedLog => ({
  checkpoint: () => sign(size),
  file: (tile) => Promise.resolve(tilePath(tile) === path ? change?.(fileOf(tile)) : fileOf(tile)),
  // eslint-disable-next-line @typescript-eslint/require-await -- the interface reads them from a network
  checkpoints: async function* () {
    yield* older;
  },
});
const flip = (at: number) => (bytes: Uint8Array) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));

describe('auditLog', () => {
  it('derives a log of 70,000 entries and its older checkpoints again', async () => {
    const older = await Promise.all([0, 1, 256, 257, 65_536, 69_999].map((size) => sign(size)));
    const audit = await auditLog(published(SIZE, { older }), trust);
    expect([audit.checkpoint.size, audit.olderCheckpoints]).toEqual([SIZE, 6]);
  });

  it('takes an empty log', async () => {
    expect((await auditLog(published(0), trust)).checkpoint.size).toBe(0);
  });

  it.each<[string, number, Change, string]>([
    ['a changed entry', 600, { path: 'tile/entries/001', change: flip(9) }, 'entry 256 does not fit tile/0/001'],
    ['a changed last entry', 600, { path: 'tile/entries/002.p/88', change: flip(9) }, 'checkpoint of size 600'],
    ['a changed leaf hash', 600, { path: 'tile/0/001', change: flip(32 * 7) }, 'entry 263 does not fit tile/0/001'],
    ['a changed partial tile', 600, { path: 'tile/0/002.p/88', change: flip(0) }, 'entry 512 does not fit tile/0/002'],
    ['a changed upper hash', 600, { path: 'tile/1/000.p/2', change: flip(33) }, 'hash 1 does not fit tile/1/000.p/2'],
    ['a missing tile', 600, { path: 'tile/0/001', change: () => undefined }, 'tile/0/001 is missing'],
    ['a missing bundle', 600, { path: 'tile/entries/000', change: () => undefined }, 'tile/entries/000 is missing'],
  ])('names %s', async (_, size, change, message) => {
    const attempt = auditLog(published(size, change), trust);
    await expect(attempt).rejects.toBeInstanceOf(TransparencyError);
    await expect(attempt).rejects.toMatchObject({ code: 'log-broken', message: expect.stringContaining(message) });
  });

  it('names an older checkpoint with another root, and older ones out of order', async () => {
    const forged = await sign(300, tree.root(299));
    await expect(auditLog(published(600, { older: [forged] }), trust)).rejects.toThrow('size 300 has another root');
    const older = [await sign(300), await sign(200)];
    await expect(auditLog(published(600, { older }), trust)).rejects.toThrow('size 200 comes after a larger one');
  });

  it('refuses a bundle of another width', async () => {
    const change = (bytes: Uint8Array) => bytes.slice(0, -1);
    const attempt = auditLog(published(600, { path: 'tile/entries/000', change }), trust);
    await expect(attempt).rejects.toMatchObject({ code: 'bundle-malformed' });
  });

  it('compares what others hold of the log, in whatever order they are named', async () => {
    const seenAt = (size: number, root = tree.root(size)) => ({ by: `witness of ${size}`, size, root });
    const seen = (...heads: ReturnType<typeof seenAt>[]) =>
      auditLog({ ...published(600), seen: () => Promise.resolve(heads) }, trust);
    expect((await seen(seenAt(600), seenAt(0), seenAt(77), seenAt(77), seenAt(256))).checkpoint.size).toBe(600);
    await expect(seen(seenAt(600), seenAt(77, tree.root(78)))).rejects.toThrow('witness of 77 holds another tree');
    await expect(seen(seenAt(0, tree.root(1)))).rejects.toThrow('witness of 0 holds another tree of size 0');
    await expect(seen(seenAt(600, tree.root(599)))).rejects.toThrow('witness of 600 holds another tree');
    await expect(seen(seenAt(1), seenAt(601))).rejects.toThrow('holds a tree of size 601, the log has 600 entries');
  });
});
