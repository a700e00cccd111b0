import { Inject, Injectable } from '@nestjs/common';
import { OutboxRelay } from '@bayway/service';
import { DataSource, type EntityManager } from 'typeorm';

/** One unit of work: state, evidence and outbox commit together, then the relay looks at once. */
@Injectable()
export class Transactions {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(OutboxRelay) private readonly relay: OutboxRelay,
  ) {}

  async run<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const result = await this.db.transaction(work);
    this.relay.nudge();
    return result;
  }
}
