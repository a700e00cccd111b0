import { Inject, Injectable } from '@nestjs/common';
import type { EvidenceStatement } from '@bayway/contracts';
import { readEvidence } from '@bayway/service';
import { DataSource } from 'typeorm';
import { LogStore } from '../log/log.store.js';
import type { Report } from './report.js';

type Entry = Readonly<{ index: number; commitment: string }>;
type Row = Readonly<{ index: string; commitment: Buffer }>;

/** The log's own tables as a reconciliation reads them, and the reports that were published. */
@Injectable()
export class ReconciliationStore {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(LogStore) private readonly log: LogStore,
  ) {}

  /** How many entries the log had signed for at that time. */
  async sizeAt(at: Date): Promise<number> {
    const sql = 'select coalesce(max(size), 0) as size from checkpoint where signed_at <= $1';
    const [row] = await this.db.query<{ size: string }[]>(sql, [at]);
    return Number(row?.size ?? 0);
  }

  /** Where commitments are in the log; those that are not there are left out. */
  async indexesOf(commitments: readonly string[]): Promise<Map<string, number>> {
    const found = await this.log.find(commitments.map((commitment) => Buffer.from(commitment, 'base64url')));
    return new Map(found.map(({ index, commitment }) => [commitment.toString('base64url'), index]));
  }

  /** The entries at these indexes. */
  async entriesAt(indexes: readonly number[]): Promise<Entry[]> {
    const sql = 'select index, commitment from log_entry where index = any($1::bigint[]) order by index';
    return (await this.db.query<Row[]>(sql, [indexes])).map(entryOf);
  }

  /** A page of this service's own records: the lines of the key directory that it published. */
  own(after: string | null): Promise<readonly EvidenceStatement[]> {
    return readEvidence(this.db, after);
  }

  async keep(report: Report): Promise<void> {
    await this.db.query('insert into reconciliation (report) values ($1)', [JSON.stringify(report)]);
  }

  /** The report that was published last. */
  async latest(): Promise<Report | null> {
    const rows = await this.db.query<{ report: Report }[]>(
      'select report from reconciliation order by id desc limit 1',
    );
    return rows[0]?.report ?? null;
  }

  /** Reports with a smaller number, or the newest, newest first, a page at most. */
  async before(no: number | null): Promise<{ no: number; report: Report }[]> {
    const rows = await this.db.query<{ id: string; report: Report }[]>(
      'select id, report from reconciliation where $1::bigint is null or id < $1 order by id desc limit 100',
      [no],
    );
    return rows.map(({ id, report }) => ({ no: Number(id), report }));
  }
}

const entryOf = ({ index, commitment }: Row): Entry => ({
  index: Number(index),
  commitment: commitment.toString('base64url'),
});
