import { type Hash, HASH_SIZE, nodeHash } from './merkle-hash.js';
import type { NodeId } from './subtree.js';
import { TILE_HEIGHT } from './tile.js';
import { TILE_WIDTH } from './tile-path.js';
import { TransparencyError } from './transparency-error.js';

/**
 * The hashes of a tile and of all complete subtrees in it, each made once: for a log that proves from the same tiles
 * again and again. A wide tile also serves proofs in older trees, in which it was narrower.
 */
export class TileTree {
  /** Number of hashes in the tile. */
  readonly width: number;
  /** Hashes one after the other: the tile's own, those of its pairs, and so on. */
  readonly #levels: Uint8Array[];

  /** @param hashes content of the tile; it is kept, not copied */
  constructor(hashes: Uint8Array) {
    this.width = hashes.length / HASH_SIZE;
    this.#levels = [hashes];
    for (let below = hashes; below.length >= 2 * HASH_SIZE;) {
      const level = new Uint8Array(Math.floor(below.length / (2 * HASH_SIZE)) * HASH_SIZE);
      for (let at = 0; at < level.length; at += HASH_SIZE) {
        const middle = 2 * at + HASH_SIZE;
        level.set(nodeHash(below.subarray(2 * at, middle), below.subarray(middle, middle + HASH_SIZE)), at);
      }
      this.#levels.push(level);
      below = level;
    }
  }

  /**
   * Hash of a complete subtree that this tile holds.
   *
   * @throws TransparencyError `tile-malformed` when the tile is too narrow
   */
  hash({ level, index }: NodeId): Hash {
    const height = level % TILE_HEIGHT;
    const at = (index % (TILE_WIDTH / 2 ** height)) * HASH_SIZE;
    const hash = this.#levels[height]?.subarray(at, at + HASH_SIZE);
    if (hash?.length !== HASH_SIZE) throw new TransparencyError('tile-malformed', 'tile does not hold the node');
    return hash;
  }
}
