import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Frontier, leafHash, MemoryTree, rootNodes, verifyConsistency, verifyInclusion } from '../src/index.js';
import { entriesOf, NaiveTree } from './naive-tree.js';

const MAX = 1_100;
const LARGE = 20_000;
const entries = entriesOf(MAX);
const naive = new NaiveTree(entries);
const tree = new MemoryTree();
const frontier = new Frontier();
const frontierRoots = [frontier.root()];
for (const entry of entries) {
  tree.append(entry);
  frontier.append(leafHash(entry));
  frontierRoots.push(frontier.root());
}
const same = (a: readonly Uint8Array[], b: readonly Uint8Array[]) =>
  Buffer.concat([...a]).equals(Buffer.concat([...b])) && a.length === b.length;

/** All places of a tree or pair of sizes to 300; above, both ends and an even share of the others. */
const places = (size: number): number[] =>
  Array.from({ length: size }, (_, i) => i).filter(
    (i) => size <= 300 || i < 3 || size - i < 3 || (i * 7 + size) % 53 === 0,
  );

describe('a Merkle tree against the definitions of RFC 6962', () => {
  it(`has the defined root at every size from 0 to ${MAX}`, () => {
    for (let size = 0; size <= MAX; size++) {
      expect(same([tree.root(size)], [naive.root(0, size)])).toBe(true);
      expect(same([frontierRoots[size]!], [naive.root(0, size)])).toBe(true);
    }
  });

  it(`proves entries of every tree to ${MAX} as defined, and the proofs are accepted`, () => {
    for (let size = 1; size <= MAX; size++) {
      for (const index of places(size)) {
        const proof = tree.inclusionProof(index, size);
        if (!same(proof, naive.path(index, 0, size))) throw new Error(`inclusion ${index} of ${size} differs`);
        if ((index + size) % 7 === 0)
          verifyInclusion({ index, size, leaf: leafHash(entries[index]!), root: naive.root(0, size), proof });
      }
    }
  });

  it(`proves sizes to ${MAX} consistent with smaller ones as defined, and the proofs are accepted`, () => {
    for (let to = 0; to <= MAX; to++) {
      for (const from of places(to + 1)) {
        const proof = tree.consistencyProof(from, to);
        if (!same(proof, naive.consistency(from, to))) throw new Error(`consistency ${from} to ${to} differs`);
        if ((from + to) % 7 !== 0) continue;
        const heads = [from, to].map((size) => ({ size, root: naive.root(0, size) }));
        verifyConsistency({ from: heads[0]!, to: heads[1]!, proof });
      }
    }
  });

  it('continues from the peaks of any size as if it had never stopped', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const resumed = new Frontier(from, rootNodes(from).map(tree.hashOf));
        for (const entry of entries.slice(from, to)) {
          for (const node of resumed.append(leafHash(entry))) expect(same([node.hash], [tree.hashOf(node)])).toBe(true);
        }
        return resumed.size === to && same([resumed.root()], [naive.root(0, to)]);
      }),
    );
  });

  it('refuses sizes and indices that do not exist', () => {
    expect(() => tree.root(MAX + 1)).toThrow('the tree is smaller');
    expect(() => tree.root(-1)).toThrow('not a whole number');
    expect(() => tree.inclusionProof(5, 5)).toThrow('index is not in the tree');
    expect(() => tree.inclusionProof(0.5, 5)).toThrow('not a whole number');
    expect(() => tree.consistencyProof(6, 5)).toThrow('a tree does not shrink');
    expect(() => tree.hashOf({ level: 11, index: 0 })).toThrow('the tree has no such node');
    expect(() => new Frontier(3, [])).toThrow('peaks do not fit the size');
  });

  it('agrees with the definitions on random trees of thousands of entries, too', () => {
    const large = new NaiveTree(entriesOf(LARGE));
    const grown = new MemoryTree();
    for (const entry of large.entries) grown.append(entry);
    const sizes = fc.tuple(fc.integer({ min: MAX, max: LARGE }), fc.nat(LARGE - 1), fc.nat(LARGE));
    fc.assert(
      fc.property(sizes, ([size, at, other]) => {
        const [index, from] = [at % size, other % (size + 1)];
        const [old, now] = [from, size].map((n) => ({ size: n, root: large.root(0, n) }));
        const proof = grown.inclusionProof(index, size);
        verifyInclusion({ index, size, leaf: leafHash(large.entries[index]!), root: now!.root, proof });
        const consistency = grown.consistencyProof(from, size);
        verifyConsistency({ from: old!, to: now!, proof: consistency });
        return (
          same(proof, large.path(index, 0, size)) &&
          same(consistency, large.consistency(from, size)) &&
          same([grown.root(size)], [now!.root])
        );
      }),
      { numRuns: 200 },
    );
  });
});
