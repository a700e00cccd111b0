import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type ConsistencyClaim,
  EMPTY_ROOT,
  type InclusionClaim,
  leafHash,
  MemoryTree,
  TransparencyError,
  verifyConsistency,
  verifyInclusion,
} from '../src/index.js';
import { entriesOf } from './naive-tree.js';

const MAX = 300;
const entries = entriesOf(MAX);
const tree = new MemoryTree();
for (const entry of entries) tree.append(entry);

const flipped = (hash: Uint8Array, bit = 0) => hash.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
const other = leafHash(Buffer.from('not in the tree'));

function damaged(proof: readonly Uint8Array[], bit: number): [string, Uint8Array[]][] {
  const cases: [string, Uint8Array[]][] = [
    ['garbage at the end', [...proof, other]],
    ['garbage at the front', [other, ...proof]],
    ['an empty hash at the end', [...proof, new Uint8Array(0)]],
    ['an end that is the root', [...proof, tree.root()]],
  ];
  if (proof.length > 0) {
    cases.push(
      ['no proof', []],
      ['truncated at the end', proof.slice(0, -1)],
      ['truncated at the front', proof.slice(1)],
    );
    cases.push(['a hash of 31 bytes', [proof[0]!.slice(1), ...proof.slice(1)]]);
    const at = bit % proof.length;
    cases.push([`bit ${bit} of hash ${at}`, proof.map((hash, i) => (i === at ? flipped(hash, bit) : hash))]);
    cases.push(['first hash twice', [proof[0]!, ...proof]]);
  }
  if (proof.length > 1) cases.push(['hashes in reverse', [...proof].reverse()]);
  return cases;
}

function refuses(verify: () => void, name: string): void {
  try {
    verify();
  } catch (error) {
    if (error instanceof TransparencyError && ['proof-invalid', 'number-invalid'].includes(error.code)) return;
    throw error;
  }
  throw new Error(`accepted: ${name}`);
}

function wrongInclusions(claim: InclusionClaim, bit: number): [string, InclusionClaim][] {
  const { index, size, leaf, root, proof } = claim;
  return [
    ...damaged(proof, bit).map(([name, bad]) => [name, { ...claim, proof: bad }] as [string, InclusionClaim]),
    ['index - 1', { ...claim, index: index - 1 }],
    ['index + 1', { ...claim, index: index + 1 }],
    ['index xor 2', { ...claim, index: index ^ 2 }],
    ['size times 2', { ...claim, size: size * 2 }],
    ['size halved', { ...claim, size: Math.floor(size / 2) }],
    ['size 0', { ...claim, size: 0 }],
    ['another leaf', { ...claim, leaf: flipped(leaf, bit) }],
    ['another root', { ...claim, root: flipped(root, bit) }],
    ['an empty root', { ...claim, root: new Uint8Array(0) }],
    ['a short leaf', { ...claim, leaf: leaf.slice(1) }],
    ['root and leaf swapped', { ...claim, leaf: root, root: leaf }],
  ];
}

function wrongConsistencies(claim: ConsistencyClaim, bit: number): [string, ConsistencyClaim][] {
  const { from, to, proof } = claim;
  return [
    ...damaged(proof, bit).map(([name, bad]) => [name, { ...claim, proof: bad }] as [string, ConsistencyClaim]),
    ['old size - 1', { ...claim, from: { ...from, size: from.size - 1 } }],
    ['old size + 1', { ...claim, from: { ...from, size: from.size + 1 } }],
    ['old size xor 2', { ...claim, from: { ...from, size: from.size ^ 2 } }],
    ['new size times 2', { ...claim, to: { ...to, size: to.size * 2 } }],
    ['new size halved', { ...claim, to: { ...to, size: Math.floor(to.size / 2) } }],
    ['another old root', { ...claim, from: { ...from, root: flipped(from.root, bit) } }],
    ['another new root', { ...claim, to: { ...to, root: flipped(to.root, bit) } }],
    ['an empty old root', { ...claim, from: { ...from, root: new Uint8Array(0) } }],
    ['roots swapped', { from: { ...from, root: to.root }, to: { ...to, root: from.root }, proof }],
    ['trees swapped', { from: to, to: from, proof }],
  ];
}

describe('proofs that are refused', () => {
  it('refuses every damaged inclusion proof', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: MAX }), fc.nat(), fc.nat(255), (size, seed, bit) => {
        const index = seed % size;
        const proof = tree.inclusionProof(index, size);
        const claim = { index, size, leaf: leafHash(entries[index]!), root: tree.root(size), proof };
        verifyInclusion(claim);
        for (const [name, wrong] of wrongInclusions(claim, bit)) refuses(() => verifyInclusion(wrong), name);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses every damaged consistency proof', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: MAX }), fc.nat(), fc.nat(255), (size, seed, bit) => {
        const old = 1 + (seed % (size - 1));
        const [from, to] = [old, size].map((n) => ({ size: n, root: tree.root(n) }));
        const claim = { from: from!, to: to!, proof: tree.consistencyProof(old, size) };
        verifyConsistency(claim);
        for (const [name, wrong] of wrongConsistencies(claim, bit)) refuses(() => verifyConsistency(wrong), name);
      }),
      { numRuns: 500 },
    );
  });

  it('takes hashes of 32 bytes only', () => {
    const [size, index] = [6, 2];
    const claim = { index, size, leaf: leafHash(entries[index]!), root: tree.root(size) };
    const short = (hashes: Uint8Array[]) => hashes.map((hash) => hash.slice(0, 31));
    const inclusion = short(tree.inclusionProof(index, size));
    expect(() => verifyInclusion({ ...claim, proof: inclusion })).toThrow('a hash has 32 bytes');
    expect(() => verifyInclusion({ ...claim, leaf: new Uint8Array(33), proof: [] })).toThrow('a hash has 32 bytes');
    const [from, to] = [4, size].map((n) => ({ size: n, root: tree.root(n) }));
    const proof = short(tree.consistencyProof(4, size));
    expect(() => verifyConsistency({ from: from!, to: to!, proof })).toThrow('a hash has 32 bytes');
  });

  it('takes the trees without proof only as they are', () => {
    const empty = { size: 0, root: EMPTY_ROOT };
    const five = { size: 5, root: tree.root(5) };
    const one = { size: 1, root: tree.root(1) };
    verifyConsistency({ from: empty, to: empty, proof: [] });
    verifyConsistency({ from: empty, to: five, proof: [] });
    verifyConsistency({ from: five, to: five, proof: [] });
    verifyInclusion({ index: 0, size: 1, leaf: leafHash(entries[0]!), root: one.root, proof: [] });
    const accepted = (from: typeof five, to: typeof five, proof: Uint8Array[]) => () =>
      verifyConsistency({ from, to, proof });
    expect(accepted(empty, five, [other])).toThrow('too long');
    expect(accepted(five, five, [other])).toThrow('too long');
    expect(accepted(five, { ...five, root: other }, [])).toThrow('same size, other root');
    expect(accepted({ ...empty, root: other }, five, [])).toThrow('not the root of the empty tree');
    expect(accepted(empty, { size: 0, root: other }, [])).toThrow('not the root of the empty tree');
    expect(accepted({ size: 3, root: tree.root(3) }, five, [])).toThrow('too short');
  });
});
