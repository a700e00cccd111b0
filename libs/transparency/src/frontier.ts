import { type Hash, nodeHash } from './merkle-hash.js';
import { foldSubtrees, type NodeId, rootNodes } from './subtree.js';
import { TransparencyError } from './transparency-error.js';

/** A complete subtree with its hash. */
export type Node = NodeId & Readonly<{ hash: Hash }>;

/**
 * The right edge of a growing tree: all that appending needs, at most 53 hashes. A sequencer keeps it (or reads the nodes
 * {@link rootNodes} names) and stores the nodes that `append` completes.
 */
export class Frontier {
  readonly #peaks: Hash[];
  #size: number;

  /**
   * @param size entries so far
   * @param peaks hashes of `rootNodes(size)`, in that order
   * @throws TransparencyError `number-invalid` when the size is none or the number of peaks does not fit it
   */
  constructor(size = 0, peaks: readonly Hash[] = []) {
    if (rootNodes(size).length !== peaks.length)
      throw new TransparencyError('number-invalid', 'peaks do not fit the size');
    this.#size = size;
    this.#peaks = [...peaks];
  }

  /** Number of entries. */
  get size(): number {
    return this.#size;
  }

  /** Hashes of `rootNodes(size)`. */
  get peaks(): readonly Hash[] {
    return [...this.#peaks];
  }

  /** Adds one entry by its leaf hash; answers the leaf and every inner node it completes, lowest first. */
  append(leaf: Hash): Node[] {
    let node: Node = { level: 0, index: this.#size, hash: leaf };
    const added = [node];
    while (node.index % 2 === 1) {
      const left = this.#peaks.pop()!;
      node = { level: node.level + 1, index: (node.index - 1) / 2, hash: nodeHash(left, node.hash) };
      added.push(node);
    }
    this.#peaks.push(node.hash);
    this.#size += 1;
    return added;
  }

  /** Root hash (RFC 6962 section 2.1). */
  root(): Hash {
    return foldSubtrees(this.#peaks);
  }
}
