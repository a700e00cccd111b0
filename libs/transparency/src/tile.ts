import { wholeNumber } from './decimal.js';
import { type Hash, HASH_SIZE } from './merkle-hash.js';
import { foldSubtrees, type HashOf, type NodeId } from './subtree.js';
import { TILE_WIDTH, type TileId } from './tile-path.js';
import { TransparencyError } from './transparency-error.js';

/** A tile of hashes; entry bundles have the level `entries` instead. */
export type HashTile = TileId & { readonly level: number };

/** Levels of the tree from one level of tiles to the next. */
export const TILE_HEIGHT = 8;

/** Width of the tiles at `level` (of 256) that a tree of `size` entries has whole or in part: `floor(size / 256^level)`. */
const hashesAt = (level: number, size: number) => Math.floor(size / TILE_WIDTH ** level);

function tilesAt(level: number | 'entries', old: number, now: number): TileId[] {
  const tiles: TileId[] = [];
  for (let index = Math.floor(old / TILE_WIDTH); index * TILE_WIDTH < now; index++)
    tiles.push({ level, index, width: Math.min(TILE_WIDTH, now - index * TILE_WIDTH) });
  return old === now ? [] : tiles;
}

/**
 * Tiles and bundles that a log must serve newly when its tree grows from `oldSize` (0 for all there are) to `size`
 * (tlog-tiles): every one that changed, partial ones at the width of `size`. Bundles come first, then tiles by level.
 *
 * @throws TransparencyError `number-invalid` unless 0 <= oldSize <= size
 */
export function tilesBetween(oldSize: number, size: number): TileId[] {
  if (wholeNumber(oldSize) > wholeNumber(size)) throw new TransparencyError('number-invalid', 'a tree does not shrink');
  const tiles = tilesAt('entries', oldSize, size);
  for (let level = 0; hashesAt(level, size) > 0; level++)
    tiles.push(...tilesAt(level, hashesAt(level, oldSize), hashesAt(level, size)));
  return tiles;
}

/** The complete subtrees whose hashes a tile holds, in its order. */
export function nodesOfTile({ level, index, width }: HashTile): NodeId[] {
  return Array.from({ length: width }, (_, i) => ({ level: level * TILE_HEIGHT, index: index * TILE_WIDTH + i }));
}

/** Content of a tile (`width` times 32 bytes), from the hashes of its nodes. */
export function encodeTile(tile: HashTile, hashOf: HashOf): Uint8Array {
  const bytes = new Uint8Array(tile.width * HASH_SIZE);
  nodesOfTile(tile).forEach((node, i) => bytes.set(hashOf(node), i * HASH_SIZE));
  return bytes;
}

/**
 * Hashes in the content of a tile of the given width.
 *
 * @throws TransparencyError `tile-malformed` when the length differs
 */
export function decodeTile(width: number, bytes: Uint8Array): Hash[] {
  if (bytes.length !== width * HASH_SIZE) throw refused('tile has another length');
  return Array.from({ length: width }, (_, i) => bytes.slice(i * HASH_SIZE, (i + 1) * HASH_SIZE));
}

/**
 * The tile that holds what a complete subtree of the tree with `size` entries is hashed from, at its width in that tree.
 *
 * @throws TransparencyError `number-invalid` when the tree does not have the subtree
 */
export function tileOfNode({ level, index }: NodeId, size: number): HashTile {
  const span = 2 ** wholeNumber(level);
  if ((wholeNumber(index) + 1) * span > wholeNumber(size))
    throw new TransparencyError('number-invalid', 'the tree has no such node');
  const tileLevel = Math.floor(level / TILE_HEIGHT);
  const first = index * 2 ** (level % TILE_HEIGHT);
  const tileIndex = Math.floor(first / TILE_WIDTH);
  const width = Math.min(TILE_WIDTH, hashesAt(tileLevel, size) - tileIndex * TILE_WIDTH);
  return { level: tileLevel, index: tileIndex, width };
}

/**
 * Hash of a complete subtree from the hashes of its tile, as {@link tileOfNode} names it (or the full tile).
 *
 * @throws TransparencyError `tile-malformed` when the tile is too narrow
 */
export function hashFromTile({ level, index }: NodeId, hashes: readonly Hash[]): Hash {
  const count = 2 ** (level % TILE_HEIGHT);
  const first = (index * count) % TILE_WIDTH;
  if (first + count > hashes.length) throw refused('tile does not hold the node');
  return foldComplete(hashes.slice(first, first + count));
}

function foldComplete(hashes: Hash[]): Hash {
  if (hashes.length <= 2) return foldSubtrees(hashes);
  const middle = hashes.length / 2;
  return foldSubtrees([foldComplete(hashes.slice(0, middle)), foldComplete(hashes.slice(middle))]);
}

const refused = (message: string) => new TransparencyError('tile-malformed', message);
