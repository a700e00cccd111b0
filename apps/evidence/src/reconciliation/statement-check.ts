import type { EvidenceStatement } from '@bayway/contracts';
import { commitmentTo } from '@bayway/envelope';
import type { CaseBook, Keeper } from './case-book.js';

/** A commitment, and whose record it is (as in the key directory), or whose log it should be in. */
export type Found = Readonly<{ owner: string; commitment: string }>;

type Waiting = Found & Readonly<{ record: EvidenceStatement['record'] }>;

/**
 * What was learnt of the records of one side while they passed by, once: which entries of the log they stand for, and
 * which are not what they should be. It keeps ids of what is wrong, and a byte for each entry.
 */
export class StatementCheck {
  total = 0;
  from: string | null = null;
  readonly altered: Found[] = [];
  /** Not in the log when they were looked for last. */
  notInLog: readonly Found[] = [];
  private readonly saltless: Waiting[] = [];
  private claimed = new Uint8Array(1_024);
  /** Every entry before this one is claimed. */
  private firstOpen = 0;

  constructor(private readonly book: CaseBook) {}

  /**
   * Takes in a page of one keeper's records. One that is not what was committed to vouches for nothing.
   *
   * @param indexes where the log has their commitments
   */
  take(
    keeper: Pick<Keeper, 'owner'> & Partial<Keeper>,
    page: readonly EvidenceStatement[],
    indexes: ReadonlyMap<string, number>,
  ): void {
    const { owner, service } = keeper;
    for (const { record, salt, commitment } of page) {
      this.total += 1;
      const at = String(record['at']);
      if (this.from === null || at < this.from) this.from = at;
      this.place([{ owner, commitment }], indexes);
      if (salt === null) this.saltless.push({ owner, commitment, record });
      else if (commitmentTo(salt, record as { type: string }) !== commitment) {
        this.altered.push({ owner, commitment });
        continue;
      }
      if (service) this.book.add({ owner, service }, { record, commitment });
    }
  }

  /** Looks again for what was not in the log. */
  placeLate(indexes: ReadonlyMap<string, number>): void {
    const late = this.notInLog;
    this.notInLog = [];
    this.place(late, indexes);
  }

  private place(records: readonly Found[], indexes: ReadonlyMap<string, number>): void {
    for (const { commitment } of records) this.claim(indexes.get(commitment));
    const missing = records.filter(({ commitment }) => !indexes.has(commitment));
    if (missing.length > 0) this.notInLog = [...this.notInLog, ...missing];
  }

  /** Something is known to stand for this entry: it is asked about no more. */
  claim(index: number | undefined): void {
    if (index === undefined) return;
    if (index >= this.claimed.length) {
      const larger = new Uint8Array(Math.max(2 * this.claimed.length, index + 1));
      larger.set(this.claimed);
      this.claimed = larger;
    }
    this.claimed[index] = 1;
  }

  /** Records without a salt, by whether its destruction was attested. */
  destroyed(): { erased: number; unattested: Found[] } {
    const unattested = this.saltless.filter((found) => !this.book.isErased(found));
    return { erased: this.saltless.length - unattested.length, unattested };
  }

  /** Indexes of the first `size` entries of the log that nothing is known to stand for, a batch at a time. */
  *unclaimed(size: number, batch: number): Generator<number[]> {
    let indexes: number[] = [];
    while (this.firstOpen < size && this.claimed[this.firstOpen] === 1) this.firstOpen += 1;
    for (let index = this.firstOpen; index < size; index += 1) {
      if (this.claimed[index] !== 1) indexes.push(index);
      if (indexes.length < batch) continue;
      yield indexes;
      indexes = [];
    }
    if (indexes.length > 0) yield indexes;
  }
}
