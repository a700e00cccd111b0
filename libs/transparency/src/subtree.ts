import { wholeNumber } from './decimal.js';
import { EMPTY_ROOT, type Hash, nodeHash } from './merkle-hash.js';
import { TransparencyError } from './transparency-error.js';

/** Place of a complete subtree: it covers the entries `index * 2^level` to `(index + 1) * 2^level - 1`. */
export type NodeId = Readonly<{ level: number; index: number }>;

/** Entries `start` (inclusive) to `end` (exclusive). */
export type Range = Readonly<{ start: number; end: number }>;

/** Gives the hash of a complete subtree. */
export type HashOf = (node: NodeId) => Hash;

/** For each hash of a proof, the complete subtrees it is folded from, left to right. */
export type ProofPlan = readonly (readonly NodeId[])[];

/** Largest power of two below `n`, for `n` of 2 or more: where RFC 6962 splits a tree of `n` entries. */
export function splitOf(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** The complete subtrees that make up a range which starts where a subtree of its size may start, left to right. */
export function subtreesOf({ start, end }: Range): NodeId[] {
  const nodes: NodeId[] = [];
  let from = start;
  while (from < end) {
    let level = 0;
    let width = 1;
    while (width * 2 <= end - from) {
      width *= 2;
      level += 1;
    }
    nodes.push({ level, index: from / width });
    from += width;
  }
  return nodes;
}

/** Root over subtrees of falling size, left to right (RFC 6962 section 2.1); nothing gives the empty root. */
export function foldSubtrees(hashes: readonly Hash[]): Hash {
  return hashes.length === 0 ? EMPTY_ROOT : hashes.reduceRight((right, left) => nodeHash(left, right));
}

/** The complete subtrees whose fold is the root of the tree with `size` entries. */
export function rootNodes(size: number): NodeId[] {
  return subtreesOf({ start: 0, end: wholeNumber(size) });
}

/**
 * What an inclusion proof of entry `index` in the tree of `size` entries is made of (RFC 6962 section 2.1.1).
 *
 * @throws TransparencyError `number-invalid` unless 0 <= index < size
 */
export function inclusionPlan(index: number, size: number): ProofPlan {
  if (wholeNumber(index) >= wholeNumber(size))
    throw new TransparencyError('number-invalid', 'index is not in the tree');
  return path({ start: 0, end: size }, index).map(subtreesOf);
}

/**
 * What a consistency proof between the trees of `from` and `to` entries is made of (RFC 6962 section 2.1.2); empty when
 * `from` is 0 or equals `to`.
 *
 * @throws TransparencyError `number-invalid` unless 0 <= from <= to
 */
export function consistencyPlan(from: number, to: number): ProofPlan {
  if (wholeNumber(from) > wholeNumber(to)) throw new TransparencyError('number-invalid', 'a tree does not shrink');
  return from === 0 ? [] : subproof({ start: 0, end: to }, from, true).map(subtreesOf);
}

/** The hashes of a proof, from the complete subtrees its plan names. */
export function proofOf(plan: ProofPlan, hashOf: HashOf): Hash[] {
  return plan.map((nodes) => foldSubtrees(nodes.map(hashOf)));
}

function path({ start, end }: Range, index: number): Range[] {
  if (end - start === 1) return [];
  const middle = start + splitOf(end - start);
  return index < middle
    ? [...path({ start, end: middle }, index), { start: middle, end }]
    : [...path({ start: middle, end }, index), { start, end: middle }];
}

function subproof({ start, end }: Range, size: number, known: boolean): Range[] {
  if (size === end) return known ? [] : [{ start, end }];
  const middle = start + splitOf(end - start);
  return size <= middle
    ? [...subproof({ start, end: middle }, size, known), { start: middle, end }]
    : [...subproof({ start: middle, end }, size, false), { start, end: middle }];
}
