import { equalBytes } from './bytes.js';
import { sidesOf } from './climb.js';
import { wholeNumber } from './decimal.js';
import { type Hash, HASH_SIZE, nodeHash } from './merkle-hash.js';
import { TransparencyError } from './transparency-error.js';

/** A claim that the entry with hash `leaf` stands at `index` in the tree of `size` entries with that `root`. */
export type InclusionClaim = Readonly<{ index: number; size: number; leaf: Hash; root: Hash; proof: readonly Hash[] }>;

/**
 * Root that an inclusion proof leads to (RFC 9162 section 2.1.3.2).
 *
 * @throws TransparencyError `number-invalid`, or `proof-invalid` when the proof has the wrong length for index and size
 */
export function rootFromInclusion({ index, size, leaf, proof }: Omit<InclusionClaim, 'root'>): Hash {
  if (wholeNumber(index) >= wholeNumber(size))
    throw new TransparencyError('number-invalid', 'index is not in the tree');
  if (![leaf, ...proof].every((hash) => hash.length === HASH_SIZE)) throw refused('a hash has 32 bytes');
  const sides = sidesOf({ node: index, last: size - 1 }, proof.length);
  return proof.reduce((root, hash, i) => (sides[i] === 'left' ? nodeHash(hash, root) : nodeHash(root, hash)), leaf);
}

/**
 * Accepts an inclusion proof or throws (RFC 9162 section 2.1.3.2).
 *
 * @throws TransparencyError `number-invalid` or `proof-invalid`
 */
export function verifyInclusion(claim: InclusionClaim): void {
  if (!equalBytes(rootFromInclusion(claim), claim.root)) throw refused('inclusion proof leads to another root');
}

const refused = (message: string) => new TransparencyError('proof-invalid', message);
