import type { EvidenceStatement } from '@bayway/contracts';
import type { Jurisdiction } from '@bayway/domain';
import { CaseBook, type Keeper } from './case-book.js';
import { StatementCheck } from './statement-check.js';

/** Who is read: a service, or this one, which has no cases. */
export type Source = Pick<Keeper, 'owner'> & Partial<Keeper>;

/** Reads the page behind a record. */
type ReadPage = (after: string | null) => Promise<readonly EvidenceStatement[]>;
/** Where commitments are in the log. */
type Indexes = (commitments: readonly string[]) => Promise<ReadonlyMap<string, number>>;

/**
 * What has been read so far, and what came of it. Each look goes on where the one before ended; to read everything again,
 * begin another course.
 */
export class Course {
  readonly book = new CaseBook();
  readonly check = new StatementCheck(this.book);
  /** Entries that another log was proven to have, and no record here stands for. */
  received = 0;
  /** Of the look on its way: when, up to which records, and over how many entries. */
  at = new Date();
  until = new Date(0);
  size = 0;
  readonly silentServices = new Set<string>();
  readonly silentLogs = new Set<Jurisdiction>();
  private readonly cursors = new Map<string, string>();

  constructor(readonly begunAt: Date) {}

  /** Begins a look at what came since the last one. */
  lookAt({ at, until, size }: { at: Date; until: Date; size: number }): void {
    Object.assign(this, { at, until, size });
    this.silentServices.clear();
    this.silentLogs.clear();
  }

  /** Reads on where this source was left, up to the records that are too young to be judged. */
  async read(source: Source, readPage: ReadPage, indexesOf: Indexes): Promise<void> {
    for (;;) {
      const page = await readPage(this.cursors.get(source.owner) ?? null);
      const settled = page.filter(({ record }) => !(Date.parse(String(record['at'])) >= this.until.getTime()));
      const last = settled.at(-1);
      if (!last) return;
      this.check.take(source, settled, await indexesOf(settled.map(({ commitment }) => commitment)));
      this.cursors.set(source.owner, last.id);
      if (settled.length < page.length) return;
    }
  }
}
