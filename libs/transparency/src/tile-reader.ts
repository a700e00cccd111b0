import { type TreeHead, verifyConsistency } from './consistency.js';
import type { Hash } from './merkle-hash.js';
import { consistencyPlan, type HashOf, type NodeId, proofOf } from './subtree.js';
import { decodeTile, type HashTile, hashFromTile, tileOfNode } from './tile.js';
import { TILE_WIDTH, tilePath } from './tile-path.js';
import { TransparencyError } from './transparency-error.js';

/** Fetches a tile from a log; `undefined` when the log does not have it (any more). */
export type FetchTile = (tile: HashTile) => Promise<Uint8Array | undefined>;

/**
 * Fetches the tiles that hold the given nodes of the tree with `size` entries, each once, and answers a lookup over them.
 * A partial tile that is gone is replaced by the full one. Nothing here is trusted: the caller checks the proofs and
 * roots it makes of the hashes against a signed checkpoint.
 *
 * @throws TransparencyError `tile-malformed` when a tile is missing or has another length
 */
export async function readNodes(nodes: readonly NodeId[], size: number, fetchTile: FetchTile): Promise<HashOf> {
  const wanted = new Map(nodes.map((node) => tileOfNode(node, size)).map((tile) => [tilePath(tile), tile]));
  const tiles = new Map<string, Hash[]>();
  await Promise.all([...wanted].map(async ([path, tile]) => tiles.set(path, await fetchHashes(tile, fetchTile))));
  return (node) => {
    const hashes = tiles.get(tilePath(tileOfNode(node, size)));
    if (!hashes) throw new TransparencyError('tile-malformed', 'the node was not asked for');
    return hashFromTile(node, hashes);
  };
}

/**
 * Proves from a log's own tiles that one tree continues another.
 *
 * @throws TransparencyError `proof-invalid` when they are not of one tree, `number-invalid` when it would have shrunk,
 *   `tile-malformed` when tiles are missing, and what `fetchTile` throws
 */
export async function verifyGrowth(from: TreeHead, to: TreeHead, fetchTile: FetchTile): Promise<void> {
  const plan = consistencyPlan(from.size, to.size);
  verifyConsistency({ from, to, proof: proofOf(plan, await readNodes(plan.flat(), to.size, fetchTile)) });
}

async function fetchHashes(tile: HashTile, fetchTile: FetchTile): Promise<Hash[]> {
  const exact = await fetchTile(tile);
  if (exact) return decodeTile(tile.width, exact);
  const full = tile.width < TILE_WIDTH ? await fetchTile({ ...tile, width: TILE_WIDTH }) : undefined;
  if (!full) throw new TransparencyError('tile-malformed', 'the log does not serve the tile');
  return decodeTile(TILE_WIDTH, full).slice(0, tile.width);
}
