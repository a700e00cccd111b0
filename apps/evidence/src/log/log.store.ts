import { Inject, Injectable } from '@nestjs/common';
import { prepared } from '@bayway/service';
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
  TILE_WIDTH,
  type TileId,
  tileOfNode,
  TileTree,
} from '@bayway/transparency';
import { DataSource, type EntityManager } from 'typeorm';
import { RecentMap } from './recent-map.js';

type TileRow = Readonly<{ bytes: Buffer | null }>;

/** Entries or hashes of each of several tiles as one value: all that a proof takes, in one round trip. */
const TILES = prepared(`
  select case when t.level = 0
    then (select string_agg(e.commitment, '' order by e.index) from log_entry e where e.index >= t.first and e.index < t.last)
    else (select string_agg(h.hash, '' order by h.index) from tile_hash h
           where h.level = t.level and h.index >= t.first and h.index < t.last)
    end as bytes
  from unnest($1::smallint[], $2::bigint[], $3::bigint[]) with ordinality t(level, first, last, n) order by n`);

/** Entries of a segment, within which the index over commitments is (see the migration `growing-log`). */
export const SEGMENT = 2 ** 20;

/** Where commitments are, whichever segment they are in; `SEGMENT` is in it as a shift, as it is in the index. */
const FIND = prepared(`
  select index, commitment from log_entry
   where (index >> 20) = any(array(select generate_series(0, (select max(index) >> 20 from log_entry))))
     and commitment = any($1::bytea[])`);

/** A page of entries as one value. */
const ENTRIES = `
  select coalesce(string_agg(commitment, '' order by index), '') as bytes from log_entry where index >= $1 and index < $2`;

/** An entry and its place. */
export type Entry = Readonly<{ index: number; commitment: Buffer }>;

/** Trees of tiles in memory: 16 KB each. All levels above the entries' of a log of 10^7 are 154. */
const KEPT_TREES = 512;

/** Reads the log's entries, tiles and proofs from its tables. */
@Injectable()
export class LogStore {
  private readonly recent = new RecentMap<string, TileTree>(KEPT_TREES);

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
  async indexOf(commitment: Buffer): Promise<number | undefined> {
    return (await this.find([commitment]))[0]?.index;
  }

  /** Those of the commitments that are in the log, with their places. */
  async find(commitments: readonly Buffer[], tx: EntityManager = this.db.manager): Promise<Entry[]> {
    const rows: { index: string; commitment: Buffer }[] = await tx.query(FIND, [commitments]);
    return rows.map(({ index, commitment }) => ({ index: Number(index), commitment }));
  }

  /** Commitments of the entries from one index to before another. */
  async entries(from: number, to: number, tx: EntityManager = this.db.manager): Promise<Buffer[]> {
    const [page] = await tx.query<[{ bytes: Buffer }]>(ENTRIES, [from, to]);
    return splitHashes(page.bytes);
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
    const trees = await this.treesOf(plan.flat().map((node) => tileOfNode(node, size)));
    return proofOf(plan, (node) => trees.get(placeOf(tileOfNode(node, size)))!.hash(node));
  }

  /** The tiles' trees, as wide as asked for if the log is: from memory, where they never change, or else all in one query. */
  private async treesOf(tiles: readonly HashTile[]): Promise<Map<string, TileTree>> {
    const trees = new Map<string, TileTree>();
    const missing = new Map<string, HashTile>();
    for (const tile of tiles) {
      const known = this.recent.get(placeOf(tile));
      if (known && known.width >= tile.width) trees.set(placeOf(tile), known);
      // As wide as it is by now: it then serves larger trees too.
      else missing.set(placeOf(tile), { ...tile, width: TILE_WIDTH });
    }
    const contents = await this.read([...missing.values()]);
    [...missing].forEach(([place, { level }], i) => {
      const hashes = contents[i] as Hash[];
      const tree = new TileTree(Buffer.concat(level === 0 ? hashes.map(leafHash) : hashes));
      this.recent.set(place, tree);
      trees.set(place, tree);
    });
    return trees;
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

/** A tile whatever its width. */
const placeOf = ({ level, index }: HashTile): string => `${level}/${index}`;

/** 32-byte hashes, one after the other in one value. */
export const splitHashes = (bytes: Buffer): Buffer[] =>
  Array.from({ length: bytes.length / HASH_SIZE }, (_, i) => bytes.subarray(i * HASH_SIZE, (i + 1) * HASH_SIZE));
