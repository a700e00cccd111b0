import { wholeNumber } from './decimal.js';
import { Frontier } from './frontier.js';
import { type Hash, leafHash } from './merkle-hash.js';
import { consistencyPlan, foldSubtrees, inclusionPlan, type NodeId, proofOf, rootNodes } from './subtree.js';
import { TransparencyError } from './transparency-error.js';

/** A Merkle tree that holds all its hashes in memory: for small logs, tools and tests. */
export class MemoryTree {
  readonly #levels: Hash[][] = [];
  readonly #frontier = new Frontier();

  /** Number of entries. */
  get size(): number {
    return this.#frontier.size;
  }

  /** Adds an entry; answers its index. */
  append(entry: Uint8Array): number {
    return this.appendLeaf(leafHash(entry));
  }

  /** Adds an entry by its leaf hash (32 bytes); answers its index. */
  appendLeaf(leaf: Hash): number {
    for (const { level, hash } of this.#frontier.append(leaf)) (this.#levels[level] ??= []).push(hash);
    return this.size - 1;
  }

  /**
   * Hash of a complete subtree.
   *
   * @throws TransparencyError `number-invalid` when the tree does not hold it
   */
  readonly hashOf = ({ level, index }: NodeId): Hash => {
    const hash = this.#levels[level]?.[index];
    if (!hash) throw new TransparencyError('number-invalid', 'the tree has no such node');
    return hash;
  };

  /** Root of the first `size` entries (all by default). */
  root(size = this.size): Hash {
    return foldSubtrees(rootNodes(this.#upTo(size)).map(this.hashOf));
  }

  /** Inclusion proof of entry `index` in the tree of the first `size` entries. */
  inclusionProof(index: number, size = this.size): Hash[] {
    return proofOf(inclusionPlan(index, this.#upTo(size)), this.hashOf);
  }

  /** Consistency proof from the first `from` to the first `to` entries. */
  consistencyProof(from: number, to = this.size): Hash[] {
    return proofOf(consistencyPlan(from, this.#upTo(to)), this.hashOf);
  }

  #upTo(size: number): number {
    if (wholeNumber(size) > this.size) throw new TransparencyError('number-invalid', 'the tree is smaller');
    return size;
  }
}
