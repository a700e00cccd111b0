import { equalBytes } from './bytes.js';
import { sidesOf } from './climb.js';
import { wholeNumber } from './decimal.js';
import { EMPTY_ROOT, type Hash, HASH_SIZE, nodeHash } from './merkle-hash.js';
import { TransparencyError } from './transparency-error.js';

/** A tree by its number of entries and its root. */
export type TreeHead = Readonly<{ size: number; root: Hash }>;

/** A claim that the tree `to` only added entries to the tree `from`. */
export type ConsistencyClaim = Readonly<{ from: TreeHead; to: TreeHead; proof: readonly Hash[] }>;

/**
 * Accepts a consistency proof or throws (RFC 9162 section 2.1.4.2). From the empty tree, and between equal sizes, the
 * proof is empty; the empty tree has the one root there is.
 *
 * @throws TransparencyError `number-invalid` or `proof-invalid`
 */
export function verifyConsistency({ from, to, proof }: ConsistencyClaim): void {
  if (wholeNumber(from.size) > wholeNumber(to.size)) throw refused('a tree does not shrink');
  if (![from.root, to.root, ...proof].every((hash) => hash.length === HASH_SIZE)) throw refused('a hash has 32 bytes');
  for (const head of [from, to])
    if (head.size === 0 && !equalBytes(head.root, EMPTY_ROOT)) throw refused('not the root of the empty tree');
  if (from.size === 0 || from.size === to.size) return verifyTrivial(from, to, proof);

  const [oldRoot, newRoot] = rootsFromConsistency(from, to.size, proof);
  if (!equalBytes(oldRoot, from.root)) throw refused('consistency proof leads to another old root');
  if (!equalBytes(newRoot, to.root)) throw refused('consistency proof leads to another new root');
}

function verifyTrivial(from: TreeHead, to: TreeHead, proof: readonly Hash[]): void {
  if (proof.length !== 0) throw refused('consistency proof is too long');
  if (from.size === to.size && !equalBytes(from.root, to.root)) throw refused('same size, other root');
}

function rootsFromConsistency(from: TreeHead, size: number, proof: readonly Hash[]): [Hash, Hash] {
  let node = from.size - 1;
  let last = size - 1;
  while (node % 2 === 1) {
    node = (node - 1) / 2;
    last = Math.floor(last / 2);
  }
  // When the old tree is one complete subtree, its root is the seed and the proof leaves it out.
  const [seed, ...rest] = node === 0 ? [from.root, ...proof] : proof;
  if (!seed) throw refused('consistency proof is too short');
  const sides = sidesOf({ node, last }, rest.length);
  let [oldRoot, newRoot] = [seed, seed];
  rest.forEach((hash, i) => {
    if (sides[i] === 'left') oldRoot = nodeHash(hash, oldRoot);
    newRoot = sides[i] === 'left' ? nodeHash(hash, newRoot) : nodeHash(newRoot, hash);
  });
  return [oldRoot, newRoot];
}

const refused = (message: string) => new TransparencyError('proof-invalid', message);
