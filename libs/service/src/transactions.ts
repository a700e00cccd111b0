import type { DataSource, EntityManager } from 'typeorm';
import { inTransaction } from './transaction.js';

/** Units of work on a service's database: state, evidence and outbox commit together. */
export class Transactions {
  constructor(readonly db: DataSource) {}

  /** Runs `work` in one transaction. @returns what it returned, once that has been committed */
  run<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return inTransaction(this.db, work);
  }
}
