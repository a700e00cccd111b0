import { Inject, Injectable } from '@nestjs/common';
import { DomainError, requestCancelled } from '@bayway/contracts';
import type { ParticipantId } from '@bayway/domain';
import { afterCommit, recordEvidence, Transactions } from '@bayway/service';
import type { EntityManager, FindOptionsWhere } from 'typeorm';
import { Peers } from '../peers/peers.js';
import { WebhooksService } from '../webhooks/webhooks.service.js';
import { cancel, expire } from './data-request.js';
import { DataRequestEntity } from './data-request.entity.js';
import { DataRequestsStore } from './data-requests.store.js';
import { Waiting } from './waiting.js';

/** Requests that end on the importer's side: taken back by their partner, or out of time. The other side is told. */
@Injectable()
export class CancellationsService {
  @Inject(Transactions) private readonly transactions!: Transactions;
  @Inject(Peers) private readonly peers!: Peers;
  @Inject(DataRequestsStore) private readonly requests!: DataRequestsStore;
  @Inject(WebhooksService) private readonly webhooks!: WebhooksService;
  @Inject(Waiting) private readonly waiting!: Waiting;

  /** @throws DomainError `data-request-not-found`, for others' too, `data-request-not-cancellable` */
  cancel(id: DataRequestEntity['id'], recipient: ParticipantId): Promise<DataRequestEntity> {
    return this.transactions.run(async (tx) => {
      const request = await this.locked(tx, { id, recipient });
      if (!request) throw new DomainError('data-request-not-found');
      const change = cancel(request, new Date());
      if (!change.state) return request;
      const { requestDigest } = request;
      const why = { problem: 'data-request-cancelled', rule: null };
      await recordEvidence(tx, 'request.cancelled', { dataRequestId: id, requestDigest, ...why });
      return this.store(tx, { ...request, ...change }, 'cancelled');
    });
  }

  /** Ends what is out of time. The exporter's own word is given a moment to arrive first: it says what it waited for. */
  async expireOverdue(): Promise<void> {
    for (const { id } of await this.requests.overdue(new Date(Date.now() - GRACE_MS)))
      await this.transactions.run(async (tx) => {
        const request = await this.locked(tx, { id });
        if (request?.state !== 'sent') return;
        const change = expire(request, new Date());
        const { requestDigest } = request;
        const why = { problem: 'data-request-expired', rule: null };
        await recordEvidence(tx, 'request.failed', { dataRequestId: id, requestDigest, ...why });
        const expired = await this.store(tx, { ...request, ...change }, 'expired');
        await this.webhooks.tellSettled(tx, expired);
      });
  }

  private locked(tx: EntityManager, where: FindOptionsWhere<DataRequestEntity>): Promise<DataRequestEntity | null> {
    return tx.findOne(DataRequestEntity, { where, lock: { mode: 'pessimistic_write' } });
  }

  private async store(
    tx: EntityManager,
    request: DataRequestEntity,
    cause: 'cancelled' | 'expired',
  ): Promise<DataRequestEntity> {
    const { id, state, history, problem, settledAt, waiting, exporter: to } = request;
    await tx.update(DataRequestEntity, { id }, { state, history, problem, settledAt, waiting });
    const data = { dataRequestId: id, cause, at: new Date().toISOString() };
    await this.peers.tell(tx, requestCancelled, { to, aggregate: id, data });
    afterCommit(tx, () => this.waiting.wake(id, request.recipient));
    return request;
  }
}

const GRACE_MS = 2_000;
