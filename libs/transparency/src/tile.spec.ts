import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeEntryBundle, decodeEntryBundle } from './entry-bundle.js';
import { leafHash } from './merkle-hash.js';
import { MemoryTree } from './memory-tree.js';
import { decodeTile, encodeTile, hashFromTile, type HashTile, tileOfNode, tilesBetween } from './tile.js';
import { parseTilePath, tilePath } from './tile-path.js';
import { TransparencyError } from './transparency-error.js';

const tilesOf = (size: number) => tilesBetween(0, size).map(tilePath);

describe('tilePath', () => {
  it.each([
    [{ level: 0, index: 0, width: 256 }, 'tile/0/000'],
    [{ level: 63, index: 1000, width: 1 }, 'tile/63/x001/000.p/1'],
    [{ level: 'entries', index: 1_234_067, width: 255 }, 'tile/entries/x001/x234/067.p/255'],
    [{ level: 1, index: Number.MAX_SAFE_INTEGER, width: 256 }, 'tile/1/x009/x007/x199/x254/x740/991'],
  ] as const)('writes and reads %j', (tile, path) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  it.each([
    '',
    'tile/0/0',
    'tile/0/00',
    'tile/00/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/0/x000/000',
    'tile/0/001/000',
    'tile/0/x001/x000',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/000.p/',
    'tile/0/000/',
    '/tile/0/000',
    'tile/0/000\n',
    'tile/entry/000',
    'tile/0/x009/x007/x199/x254/x740/992',
    'tile/0/../000',
  ])('refuses %j', (path) => {
    expect(() => parseTilePath(path)).toThrow(TransparencyError);
  });

  it.each([
    { level: 64, index: 0, width: 256 },
    { level: 0, index: -1, width: 256 },
    { level: 0, index: 0.5, width: 256 },
    { level: 0, index: 0, width: 0 },
    { level: 0, index: 0, width: 257 },
  ])('does not write %j', (tile) => {
    expect(() => tilePath(tile)).toThrow(TransparencyError);
  });
});

describe('tilesBetween', () => {
  it('names no tile of an empty tree, nor between equal sizes', () => {
    expect(tilesOf(0)).toEqual([]);
    expect(tilesBetween(300, 300)).toEqual([]);
  });

  it('has a full tile below one hash at size 256', () => {
    expect(tilesOf(256)).toEqual(['tile/entries/000', 'tile/0/000', 'tile/1/000.p/1']);
  });

  it('has the tiles of size 70,000 that the specification counts', () => {
    const tiles = tilesBetween(0, 70_000);
    const at = (level: number) => tiles.filter((tile) => tile.level === level).map(({ width }) => width);
    expect(at(0)).toEqual([...Array<number>(273).fill(256), 112]);
    expect(at(1)).toEqual([256, 17]);
    expect(at(2)).toEqual([1]);
    expect(at(3)).toEqual([]);
    expect(tiles.filter((tile) => tile.level === 'entries')).toHaveLength(274);
  });

  it('names after growth exactly what was not there before', () => {
    fc.assert(
      fc.property(fc.nat(200_000), fc.nat(2000), (oldSize, growth) => {
        const before = new Set(tilesOf(oldSize));
        const news = tilesOf(oldSize + growth).filter((path) => !before.has(path));
        expect(tilesBetween(oldSize, oldSize + growth).map(tilePath)).toEqual(news);
      }),
      { numRuns: 30 },
    );
  });

  it('refuses a tree that shrinks', () => {
    expect(() => tilesBetween(2, 1)).toThrow('a tree does not shrink');
  });
});

describe('tiles of hashes', () => {
  const tree = new MemoryTree();
  for (let i = 0; i < 1000; i++) tree.append(Buffer.from(`entry ${i}`));

  it('holds every node of the tree, each in the tile that is named for it', () => {
    for (const tile of tilesBetween(0, 1000).filter((t): t is HashTile => t.level !== 'entries')) {
      const hashes = decodeTile(tile.width, encodeTile(tile, tree.hashOf));
      expect(hashes).toHaveLength(tile.width);
    }
    for (let level = 0; level < 10; level++) {
      for (let index = 0; (index + 1) * 2 ** level <= 1000; index += 1 + (level === 0 ? 6 : 0)) {
        const tile = tileOfNode({ level, index }, 1000);
        const hashes = decodeTile(tile.width, encodeTile(tile, tree.hashOf));
        expect(hashFromTile({ level, index }, hashes)).toEqual(tree.hashOf({ level, index }));
      }
    }
  });

  it('refuses a tile of another length, and a node outside', () => {
    expect(() => decodeTile(3, new Uint8Array(95))).toThrow('tile has another length');
    expect(() => hashFromTile({ level: 1, index: 1 }, [tree.root(), tree.root(), tree.root()])).toThrow(
      'does not hold',
    );
    expect(() => tileOfNode({ level: 0, index: 1000 }, 1000)).toThrow('no such node');
    expect(() => tileOfNode({ level: 3, index: 125 }, 1000)).toThrow('no such node');
  });
});

describe('entry bundles', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 256 }), (entries) => {
        const decoded = decodeEntryBundle(entries.length, encodeEntryBundle(entries));
        expect(decoded).toEqual(entries.map((entry) => Uint8Array.from(entry)));
      }),
    );
  });

  it('writes the length before each entry', () => {
    const bundle = encodeEntryBundle([new Uint8Array(0), Uint8Array.of(7), new Uint8Array(65_535)]);
    expect([...bundle.slice(0, 7)]).toEqual([0, 0, 0, 1, 7, 255, 255]);
    expect(bundle).toHaveLength(2 + 3 + 2 + 65_535);
  });

  it.each([
    ['an entry of 65,536 bytes', 'entry is too long', () => encodeEntryBundle([new Uint8Array(65_536)])],
    ['no entry', '1 to 256', () => encodeEntryBundle([])],
    ['257 entries', '1 to 256', () => encodeEntryBundle(Array.from({ length: 257 }, () => new Uint8Array(0)))],
    ['one entry too few', 'too short', () => decodeEntryBundle(2, Uint8Array.of(0, 1, 5))],
    ['one entry too many', 'too long', () => decodeEntryBundle(1, Uint8Array.of(0, 1, 5, 0, 0))],
    ['a cut length', 'too short', () => decodeEntryBundle(1, Uint8Array.of(0))],
    ['a cut entry', 'too short', () => decodeEntryBundle(1, Uint8Array.of(0, 2, 5))],
    ['a width of 0', '1 to 256', () => decodeEntryBundle(0, new Uint8Array(0))],
    ['a width of 257', '1 to 256', () => decodeEntryBundle(257, new Uint8Array(514))],
  ])('refuses %s', (_, message, attempt) => {
    expect(attempt).toThrow(TransparencyError);
    expect(attempt).toThrow(message);
  });

  it('never reads a damaged bundle as the same leaves', () => {
    const entries = ['a', 'record', ''].map((text) => Buffer.from(text));
    const bundle = encodeEntryBundle(entries);
    const leaves = (bytes: Uint8Array) => decodeEntryBundle(3, bytes).map(leafHash);
    for (let at = 0; at < bundle.length; at++) {
      const damaged = bundle.map((byte, i) => (i === at ? byte ^ 1 : byte));
      let read: unknown;
      try {
        read = leaves(damaged);
      } catch (error) {
        expect(error).toBeInstanceOf(TransparencyError);
      }
      expect(read).not.toEqual(leaves(bundle));
    }
  });
});
