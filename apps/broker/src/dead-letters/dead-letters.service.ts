import { Inject, Injectable } from '@nestjs/common';
import {
  DomainError,
  type DeadLetterId,
  type DeadLettersPage,
  type DeadLettersQuery,
  type DeadLetterView,
} from '@bayway/contracts';
import {
  deadLetters,
  OutboxRelay,
  recordEvidence,
  replayDeadLetter,
  Transactions,
  type DeadLetter,
} from '@bayway/service';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { cursorOf, placeOf } from '../paging.js';
import { WebhookEntity } from '../webhooks/webhook.entity.js';

/** Messages of this broker that nobody took, for an administrator to look at and to have delivered anew. */
@Injectable()
export class DeadLettersService {
  @Inject(Transactions) private readonly transactions!: Transactions;
  @Inject(OutboxRelay) private readonly relay!: OutboxRelay;

  /** @throws DomainError `request-invalid` for a cursor that is not ours */
  async page({ kind, after, limit }: DeadLettersQuery): Promise<DeadLettersPage> {
    const rows = kind === 'fact' ? await this.facts(after, limit + 1) : await this.webhooks(after, limit + 1);
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return {
      items,
      next: last ? cursorOf(kind === 'fact' ? [last.id.slice(5)] : [last.createdAt, last.id.slice(8)]) : null,
    };
  }

  /** Has one delivered anew. @throws DomainError `dead-letter-not-found` */
  async replay(id: DeadLetterId, by: string): Promise<void> {
    const [kind, name] = [id.slice(0, id.indexOf('-')), id.slice(id.indexOf('-') + 1)];
    await this.transactions.run(async (tx) => {
      const subject = kind === 'fact' ? await replayDeadLetter(tx, name) : await replayWebhook(tx, name);
      if (subject === null) throw new DomainError('dead-letter-not-found', { id });
      await recordEvidence(tx, 'letter.replayed', { letter: id, subject, by });
    });
    this.relay.nudge();
  }

  private async facts(after: string | undefined, limit: number): Promise<DeadLetterView[]> {
    const [place] = after === undefined ? ['0'] : placeOf(after, FactPlace);
    return (await deadLetters(this.transactions.db, { after: place, limit })).map(viewOf);
  }

  private async webhooks(after: string | undefined, limit: number): Promise<DeadLetterView[]> {
    const query = this.transactions.db.manager.createQueryBuilder(WebhookEntity, 'w').where({ state: 'given-up' });
    query.orderBy('w.createdAt').addOrderBy('w.id').limit(limit);
    if (after !== undefined) {
      const [at, id] = placeOf(after, WebhookPlace);
      query.andWhere('(w.created_at, w.id) > (:at, :id)', { at, id });
    }
    return (await query.getMany()).map(viewOfWebhook);
  }
}

const FactPlace = z.tuple([z.string().regex(/^\d{1,18}$/)]);
const WebhookPlace = z.tuple([z.iso.datetime(), z.uuid()]);

/** The webhook keeps its id, so that a partner that took it after all knows it. */
async function replayWebhook(tx: EntityManager, id: string): Promise<string | null> {
  const row = await tx.findOne(WebhookEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (row?.state !== 'given-up') return null;
  await tx.update(WebhookEntity, { id }, { state: 'waiting', settledAt: null, attempts: 0, nextAt: new Date() });
  return eventOf(row);
}

const eventOf = ({ dataRequestId }: WebhookEntity): string => (dataRequestId ? 'request.settled' : 'consent.ended');

const viewOf = (letter: DeadLetter): DeadLetterView => ({
  id: `fact-${letter.seq}`,
  subject: letter.subject,
  to: letter.subscriber,
  about: letter.aggregate,
  attempts: letter.attempts,
  failure: letter.failure,
  createdAt: letter.createdAt.toISOString(),
  deadAt: letter.deadAt.toISOString(),
});

const viewOfWebhook = (row: WebhookEntity): DeadLetterView => ({
  id: `webhook-${row.id}`,
  subject: eventOf(row),
  to: row.partner,
  about: row.dataRequestId ?? row.consentId ?? '',
  attempts: row.attempts,
  failure: row.failure,
  createdAt: row.createdAt.toISOString(),
  deadAt: (row.settledAt ?? row.createdAt).toISOString(),
});
