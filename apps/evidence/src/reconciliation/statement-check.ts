import type { EvidenceStatement } from '@bayway/contracts';
import { commitmentTo } from '@bayway/envelope';
import type { CaseBook, Keeper } from './case-book.js';

/** A commitment, and whose record it is (as in the key directory), or whose log it should be in. */
export type Found = Readonly<{ owner: string; commitment: string }>;

type Waiting = Found & Readonly<{ record: EvidenceStatement['record'] }>;

/**
 * What was learnt of the records of one side while they passed by: which entries of the log they stand for, and which are
 * not what they should be. It keeps ids of what is wrong, and a byte for each entry.
 */
export class StatementCheck {
  total = 0;
  from: string | null = null;
  readonly altered: Found[] = [];
  /** Not in the log when they passed by. */
  readonly notInLog: Found[] = [];
  private readonly saltless: Waiting[] = [];
  private readonly claimed: Uint8Array;

  constructor(
    private readonly book: CaseBook,
    { size, until }: { size: number; until: Date },
  ) {
    this.claimed = new Uint8Array(size);
    this.until = until.getTime();
  }
  private readonly until: number;

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
      this.place({ owner, commitment }, indexes.get(commitment), Date.parse(at));
      if (salt === null) this.saltless.push({ owner, commitment, record });
      else if (commitmentTo(salt, record as { type: string }) !== commitment) {
        this.altered.push({ owner, commitment });
        continue;
      }
      if (service) this.book.add({ owner, service }, { record, commitment });
    }
  }

  private place(found: Found, index: number | undefined, at: number): void {
    if (index !== undefined) this.claim(index);
    else if (!(at >= this.until)) this.notInLog.push(found);
  }

  private claim(index: number): void {
    if (index < this.claimed.length) this.claimed[index] = 1;
  }

  /** Records without a salt, by whether its destruction was attested. */
  destroyed(): { erased: number; unattested: Found[] } {
    const unattested = this.saltless.filter(({ record }) => !this.book.isErased(record));
    return { erased: this.saltless.length - unattested.length, unattested };
  }

  /** Indexes of the log that no record stands for, a batch at a time. */
  *unclaimed(batch: number): Generator<number[]> {
    let indexes: number[] = [];
    for (let index = 0; index < this.claimed.length; index += 1) {
      if (this.claimed[index] === 0) indexes.push(index);
      if (indexes.length < batch) continue;
      yield indexes;
      indexes = [];
    }
    if (indexes.length > 0) yield indexes;
  }
}
