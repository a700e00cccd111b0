import type { DataSource, EntityManager } from 'typeorm';
import type { OutboxRelay } from './relay.js';
import { inTransaction } from './transaction.js';

/** Units of work on a service's database: state, evidence and outbox commit together, then the relay looks at once. */
export class Transactions {
  constructor(
    readonly db: DataSource,
    private readonly relay: OutboxRelay,
  ) {}

  /** Runs `work` in one transaction. @returns what it returned, once that has been committed */
  async run<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const result = await inTransaction(this.db, work);
    this.relay.nudge();
    return result;
  }
}
