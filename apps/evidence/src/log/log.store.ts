import { Inject, Injectable } from '@nestjs/common';
import {
  consistencyPlan,
  encodeEntryBundle,
  type Hash,
  HASH_SIZE,
  type HashTile,
  inclusionPlan,
  leafHash,
  type ProofPlan,
  proofOf,
  readNodes,
  TILE_WIDTH,
  type TileId,
  tileOfNode,
  tilePath,
} from '@bayway/transparency';
import { DataSource } from 'typeorm';

type TileRow = Readonly<{ bytes: Buffer | null }>;

/** Entries or hashes of each of several tiles as one value: all that a proof takes, in one round trip. */
const TILES = `
  select case when t.level = 0
    then (select string_agg(e.commitment, '' order by e.index) from log_entry e where e.index >= t.first and e.index < t.last)
    else (select string_agg(h.hash, '' order by h.index) from tile_hash h
           where h.level = t.level and h.index >= t.first and h.index < t.last)
    end as bytes
  from unnest($1::smallint[], $2::bigint[], $3::bigint[]) with ordinality t(level, first, last, n) order by n`;

/** Reads the log's entries, tiles and proofs from its tables. */
@Injectable()
export class LogStore {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** Content of a tile of hashes; `undefined` when the log is not that long. */
  async tile(tile: HashTile): Promise<Uint8Array | undefined> {
    return (await this.tiles([tile]))[0];
  }

  /** Content of an entry bundle; `undefined` when the log is not that long. */
  async bundle({ index, width }: TileId): Promise<Uint8Array | undefined> {
    const [entries] = await this.read([{ level: 0, index, width }]);
    return entries?.length === width ? encodeEntryBundle(entries) : undefined;
  }

  /** Index of a commitment in the log, or `undefined`. */
  async indexOf(commitment: Uint8Array): Promise<number | undefined> {
    const rows: { index: string }[] = await this.db.query('select index from log_entry where commitment = $1', [
      commitment,
    ]);
    return rows[0] && Number(rows[0].index);
  }

  /** Proof that entry `index` is in the tree of `size` entries. */
  inclusionProof(index: number, size: number): Promise<Hash[]> {
    return this.prove(inclusionPlan(index, size), size);
  }

  /** Proof that the tree of `size` entries continues the one of `from`. */
  consistencyProof(from: number, size: number): Promise<Hash[]> {
    return this.prove(consistencyPlan(from, size), size);
  }

  private async prove(plan: ProofPlan, size: number): Promise<Hash[]> {
    const nodes = plan.flat();
    const wanted = new Map(nodes.map((node) => tileOfNode(node, size)).map((tile) => [tilePath(tile), tile]));
    const contents = await this.tiles([...wanted.values()]);
    const found = new Map([...wanted.keys()].map((path, i) => [path, contents[i]]));
    return proofOf(plan, await readNodes(nodes, size, (tile) => Promise.resolve(found.get(tilePath(tile)))));
  }

  private async tiles(tiles: readonly HashTile[]): Promise<(Uint8Array | undefined)[]> {
    const contents = await this.read(tiles);
    return contents.map((hashes, i) => {
      const { level, width } = tiles[i] as HashTile;
      return hashes.length === width ? Buffer.concat(level === 0 ? hashes.map(leafHash) : hashes) : undefined;
    });
  }

  /** What the tables hold for each tile: entries at level 0, hashes above. */
  private async read(tiles: readonly HashTile[]): Promise<Hash[][]> {
    if (tiles.length === 0) return [];
    const rows: TileRow[] = await this.db.query(TILES, [
      tiles.map(({ level }) => level),
      tiles.map(({ index }) => index * TILE_WIDTH),
      tiles.map(({ index, width }) => index * TILE_WIDTH + width),
    ]);
    return rows.map(({ bytes }) => (bytes ? splitHashes(bytes) : []));
  }
}

/** 32-byte hashes, one after the other in one value. */
export const splitHashes = (bytes: Buffer): Hash[] =>
  Array.from({ length: bytes.length / HASH_SIZE }, (_, i) => bytes.subarray(i * HASH_SIZE, (i + 1) * HASH_SIZE));
