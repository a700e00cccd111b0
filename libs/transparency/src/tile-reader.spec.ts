import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { verifyConsistency } from './consistency.js';
import { verifyInclusion } from './inclusion.js';
import { leafHash } from './merkle-hash.js';
import { MemoryTree } from './memory-tree.js';
import { consistencyPlan, foldSubtrees, inclusionPlan, proofOf, rootNodes } from './subtree.js';
import { encodeTile, type HashTile } from './tile.js';
import { tilePath } from './tile-path.js';
import { type FetchTile, readNodes } from './tile-reader.js';

const MAX = 70_000;
const tree = new MemoryTree();
const entry = (i: number) => Buffer.from(`entry ${i}`);
const encoded = new Map<string, Uint8Array>();
const fetchTile: FetchTile = (tile) => {
  const bytes = encoded.get(tilePath(tile)) ?? encodeTile(tile, tree.hashOf);
  encoded.set(tilePath(tile), bytes);
  return Promise.resolve(bytes);
};

beforeAll(() => {
  for (let i = 0; i < MAX; i++) tree.append(entry(i));
});

describe('readNodes', () => {
  it('gives roots, inclusion and consistency proofs of random sizes up to 70,000', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: MAX }), fc.nat(), fc.nat(), async (size, a, b) => {
        const index = a % size;
        const old = 1 + (b % size);
        const inclusion = inclusionPlan(index, size);
        const consistency = consistencyPlan(old, size);
        const wanted = [...rootNodes(size), ...rootNodes(old), ...inclusion.flat(), ...consistency.flat()];
        const hashOf = await readNodes(wanted, size, fetchTile);
        const root = foldSubtrees(rootNodes(size).map(hashOf));
        const from = { size: old, root: foldSubtrees(rootNodes(old).map(hashOf)) };
        expect(root).toEqual(tree.root(size));
        verifyInclusion({ index, size, leaf: leafHash(entry(index)), root, proof: proofOf(inclusion, hashOf) });
        verifyConsistency({ from, to: { size, root }, proof: proofOf(consistency, hashOf) });
      }),
      { numRuns: 100 },
    );
  });

  it('fetches each tile once', async () => {
    const asked: HashTile[] = [];
    const nodes = inclusionPlan(5, MAX).flat();
    await readNodes(nodes, MAX, (tile) => {
      asked.push(tile);
      return fetchTile(tile);
    });
    expect(asked.map(({ level, index, width }) => [level, index, width])).toEqual([
      [0, 0, 256],
      [1, 0, 256],
      [1, 1, 17],
      [0, 273, 112],
    ]);
  });

  it('takes the full tile when the partial one is gone', async () => {
    const onlyFull: FetchTile = (tile) => (tile.width === 256 ? fetchTile(tile) : Promise.resolve(undefined));
    const hashOf = await readNodes(rootNodes(300), 300, onlyFull);
    expect(foldSubtrees(rootNodes(300).map(hashOf))).toEqual(tree.root(300));
  });

  it('refuses a missing tile, one of another length, and a node it did not fetch', async () => {
    await expect(readNodes(rootNodes(300), 300, () => Promise.resolve(undefined))).rejects.toThrow('does not serve');
    await expect(readNodes(rootNodes(512), 512, () => Promise.resolve(undefined))).rejects.toThrow('does not serve');
    await expect(readNodes(rootNodes(3), 3, () => Promise.resolve(new Uint8Array(64)))).rejects.toThrow('length');
    const hashOf = await readNodes([{ level: 0, index: 0 }], 600, fetchTile);
    expect(() => hashOf({ level: 0, index: 256 })).toThrow('not asked for');
  });
});
