import { Inject, Injectable } from '@nestjs/common';
import { inTransaction, OutboxRelay } from '@bayway/service';
import { DataSource, type EntityManager } from 'typeorm';

/** Units of work on this connector's database; after each commit the outbox is looked at. */
@Injectable()
export class Transactions {
  constructor(
    @Inject(DataSource) readonly db: DataSource,
    @Inject(OutboxRelay) private readonly relay: OutboxRelay,
  ) {}

  async run<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const result = await inTransaction(this.db, work);
    this.relay.nudge();
    return result;
  }
}
