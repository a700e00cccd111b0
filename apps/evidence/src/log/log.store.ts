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
} from '@bayway/transparency';
import { DataSource } from 'typeorm';

type EntryRow = Readonly<{ commitment: Buffer }>;
type HashRow = Readonly<{ hash: Buffer }>;

/** Reads the log's entries, tiles and proofs from its tables. */
@Injectable()
export class LogStore {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** Content of a tile of hashes; `undefined` when the log is not that long. */
  readonly tile = async (tile: HashTile): Promise<Uint8Array | undefined> => {
    const hashes = tile.level === 0 ? await this.leaves(tile) : await this.hashes(tile);
    return hashes.length === tile.width ? Buffer.concat(hashes) : undefined;
  };

  /** Content of an entry bundle; `undefined` when the log is not that long. */
  async bundle(tile: { index: number; width: number }): Promise<Uint8Array | undefined> {
    const entries = await this.entries(tile);
    return entries.length === tile.width ? encodeEntryBundle(entries) : undefined;
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
    return proofOf(plan, await readNodes(plan.flat(), size, this.tile));
  }

  private async leaves(tile: HashTile): Promise<Hash[]> {
    return (await this.entries(tile)).map(leafHash);
  }

  private async entries({ index, width }: { index: number; width: number }): Promise<Buffer[]> {
    const from = index * TILE_WIDTH;
    const rows: EntryRow[] = await this.db.query(
      'select commitment from log_entry where index >= $1 and index < $2 order by index',
      [from, from + width],
    );
    return rows.map(({ commitment }) => commitment);
  }

  private async hashes({ level, index, width }: HashTile): Promise<Buffer[]> {
    const from = index * TILE_WIDTH;
    const rows: HashRow[] = await this.db.query(
      'select hash from tile_hash where level = $1 and index >= $2 and index < $3 order by index',
      [level, from, from + width],
    );
    return rows.map(({ hash }) => hash);
  }
}

/** 32-byte hashes, one after the other in one value. */
export const splitHashes = (bytes: Buffer): Hash[] =>
  Array.from({ length: bytes.length / HASH_SIZE }, (_, i) => bytes.subarray(i * HASH_SIZE, (i + 1) * HASH_SIZE));
