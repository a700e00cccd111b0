import { Inject, Injectable } from '@nestjs/common';
import type { TreeHead } from '@bayway/transparency';
import { DataSource, type EntityManager } from 'typeorm';

/** What this witness signed last for another log; `note` is the checkpoint with this witness's cosignature. */
export type Witnessed = TreeHead & Readonly<{ note: string }>;

type Row = Readonly<{ size: string; root: Buffer; note: string }>;

/** The witness's memory: for each origin the largest tree it has signed. */
@Injectable()
export class WitnessStore {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** What was signed last for an origin, or `undefined`. */
  async last(origin: string, tx: EntityManager = this.db.manager): Promise<Witnessed | undefined> {
    const rows: Row[] = await tx.query('select size, root, note from witnessed where origin = $1', [origin]);
    return rows[0] && { ...rows[0], size: Number(rows[0].size) };
  }

  /** Runs `work` alone for an origin, in a transaction; what it writes is durable when this returns. */
  alone<T>(origin: string, work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.db.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [origin]);
      return work(tx);
    });
  }

  /** Remembers a tree. The database refuses one that is smaller, or another of the same size. */
  async remember(tx: EntityManager, origin: string, { size, root, note }: Witnessed): Promise<void> {
    await tx.query(
      `insert into witnessed (origin, size, root, note) values ($1, $2, $3, $4)
       on conflict (origin) do update
         set size = excluded.size, root = excluded.root, note = excluded.note, cosigned_at = now()`,
      [origin, size, Buffer.from(root), note],
    );
  }
}
