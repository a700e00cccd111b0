import { Inject, Injectable } from '@nestjs/common';
import type { DataRequestId } from '@bayway/domain';
import { Transactions } from '@bayway/service';
import { In, type EntityManager } from 'typeorm';
import { IncomingRequestEntity } from './incoming-request.entity.js';

/** Rows of requests that are under way. */
@Injectable()
export class IncomingRequestsStore {
  constructor(@Inject(Transactions) private readonly transactions: Transactions) {}

  /**
   * Takes up to `limit` due requests for this process. They are due again after the lease, so that another instance goes
   * on with what a killed one had taken.
   */
  async take(limit: number): Promise<IncomingRequestEntity[]> {
    const [taken] = await this.transactions.db.query<[{ id: DataRequestId }[], number]>(TAKE, [limit, LEASE_SECONDS]);
    if (taken.length === 0) return [];
    return this.transactions.db.manager.findBy(IncomingRequestEntity, { id: In(taken.map(({ id }) => id)) });
  }

  /** The row, locked until the transaction ends; null when there is none. */
  locked(tx: EntityManager, id: DataRequestId): Promise<IncomingRequestEntity | null> {
    return tx.findOne(IncomingRequestEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }
}

/** Longer than the longest try. */
const LEASE_SECONDS = 20;

const TAKE = `
  update incoming_request set attempts = attempts + 1, next_at = now() + $2 * interval '1 second'
   where id in (select id from incoming_request where state in ('arrived', 'assessed') and next_at <= now()
                 order by next_at limit $1 for update skip locked)
  returning id`;
