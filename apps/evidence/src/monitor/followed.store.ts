import { Inject, Injectable } from '@nestjs/common';
import type { TreeHead } from '@bayway/transparency';
import { DataSource } from 'typeorm';

/** The largest tree of another log that was proven to continue what was seen before; `note` is its checkpoint. */
export type Followed = TreeHead & Readonly<{ note: string }>;

type Row = Readonly<{ size: string; root: Buffer; note: string }>;

/** What this service has seen of the other logs, over restarts. */
@Injectable()
export class FollowedStore {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  async last(origin: string): Promise<Followed | undefined> {
    const sql = 'select size, root, note from followed where origin = $1';
    const [row] = (await this.db.query(sql, [origin])) as Row[];
    return row && { size: Number(row.size), root: row.root, note: row.note };
  }

  /** Remembers a tree. The database refuses one that is smaller, or another of the same size. */
  async remember(origin: string, { size, root, note }: Followed): Promise<void> {
    await this.db.query(
      `insert into followed (origin, size, root, note) values ($1, $2, $3, $4)
       on conflict (origin) do update
         set size = excluded.size, root = excluded.root, note = excluded.note, checked_at = now()`,
      [origin, size, Buffer.from(root), note],
    );
  }
}
