import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { DomainError, GiveStatement, signerOf, WebhookClaims } from '@bayway/contracts';
import type { ConsentId, ConsentState, ParticipantId } from '@bayway/domain';
import { EnvelopeError, epochSeconds, sign } from '@bayway/envelope';
import { afterCommit, CONFIG, Keys, Transactions } from '@bayway/service';
import type { EntityManager } from 'typeorm';
import { BrokerConfig } from '../config.js';
import { EndStatementsService } from '../end-statements/end-statements.service.js';
import type { DataRequestEntity } from '../data-requests/data-request.entity.js';
import { PartyEntity } from '../participants/party.entity.js';
import { backoffMs, MAX_ATTEMPTS } from './backoff.js';
import { post } from './post.js';
import { WebhookEntity } from './webhook.entity.js';

type Ended = Readonly<{ recipient: ParticipantId; consentId: ConsentId; state: ConsentState; at: Date }>;

/** Tells partners of this jurisdiction, at the address they gave, what they would otherwise learn only by asking. */
@Injectable()
export class WebhooksService {
  private readonly logger = new Logger('webhooks');

  @Inject(CONFIG) private readonly config!: BrokerConfig;
  @Inject(Keys) private readonly keys!: Keys;
  @Inject(Transactions) private readonly transactions!: Transactions;
  @Inject(EndStatementsService) private readonly statements!: EndStatementsService;

  /** Whoever sends what is due: called after a commit that wrote something to tell. */
  onDue: () => void = () => undefined;

  /** Writes that a partner is to be told of the end of a consent. */
  tell(tx: EntityManager, { recipient, consentId, state, at }: Ended): Promise<void> {
    return this.write(tx, recipient, { consentId, consentState: state, consentEndedAt: at });
  }

  /** Writes that a partner is to be told what became of its request. */
  tellSettled(tx: EntityManager, { id, recipient, state, problem }: DataRequestEntity): Promise<void> {
    return this.write(tx, recipient, { dataRequestId: id, requestState: state, problem });
  }

  /** Nothing when the partner gave no address. Other jurisdictions' partners are not ours. */
  private async write(tx: EntityManager, partner: ParticipantId, about: Partial<WebhookEntity>): Promise<void> {
    const party = await tx.findOneBy(PartyEntity, { id: partner });
    if (!party?.webhook) return;
    const now = new Date();
    const life = { state: 'waiting' as const, attempts: 0, nextAt: now, createdAt: now };
    await tx.insert(WebhookEntity, { ...about, ...life, id: randomUUID(), partner });
    afterCommit(tx, () => this.onDue());
  }

  /** Takes due webhooks: nobody else looks at them for as long as one attempt may last. */
  async take(limit: number): Promise<WebhookEntity[]> {
    return this.transactions.run(async (tx) => {
      const rows = await tx.query<{ id: string }[]>(
        `select id from webhook where state = 'waiting' and next_at <= now()
          order by next_at limit $1 for update skip locked`,
        [limit],
      );
      const ids = rows.map(({ id }) => id);
      if (ids.length === 0) return [];
      await tx.query(
        `update webhook set attempts = attempts + 1, next_at = now() + interval '30 seconds' where id = any($1)`,
        [ids],
      );
      return tx.createQueryBuilder(WebhookEntity, 'w').whereInIds(ids).getMany();
    });
  }

  /** One attempt. What the partner says to it, if it is a statement, is taken in. */
  async deliver(webhook: WebhookEntity): Promise<void> {
    const failure = await this.attempt(webhook).then(
      () => null,
      (error: unknown) => codeOf(error),
    );
    const { id, attempts } = webhook;
    const now = new Date();
    if (failure === null) return this.settle(id, { state: 'delivered', settledAt: now, failure });
    const isOver = attempts >= MAX_ATTEMPTS;
    this.logger.warn({ webhook: id, partner: webhook.partner, attempts, failure, isOver });
    if (isOver) return this.settle(id, { state: 'given-up', settledAt: now, failure });
    return this.settle(id, { nextAt: new Date(now.getTime() + backoffMs(attempts)), failure });
  }

  private async settle(id: string, change: Partial<WebhookEntity>): Promise<void> {
    await this.transactions.db.manager.update(WebhookEntity, { id, state: 'waiting' }, change);
  }

  private async attempt(webhook: WebhookEntity): Promise<void> {
    const party = await this.transactions.db.manager.findOneBy(PartyEntity, { id: webhook.partner });
    if (!party?.webhook) throw Object.assign(new RangeError(), { code: 'ADDRESS_TAKEN_AWAY' });
    const { status, body } = await post(party.webhook, await this.signed(webhook), this.config.WEBHOOK_HOSTS);
    if (status < 200 || status > 299) throw Object.assign(new RangeError(), { code: `HTTP_${status}` });
    const answered = GiveStatement.safeParse(jsonOf(body));
    // An answer without a statement is an answer: the partner was told. Its silence is shown where it matters.
    if (answered.success) await this.takeIn(webhook, answered.data.statement);
  }

  private async takeIn(webhook: WebhookEntity, statement: string): Promise<void> {
    try {
      await this.statements.accept(statement, webhook.partner);
    } catch (error) {
      if (!(error instanceof EnvelopeError || error instanceof DomainError)) throw error;
      this.logger.warn({ webhook: webhook.id, partner: webhook.partner, refused: error.code });
    }
  }

  private signed(webhook: WebhookEntity): Promise<string> {
    const iss = signerOf(this.config.JURISDICTION, 'broker');
    const head = { iss, aud: webhook.partner, jti: webhook.id, iat: epochSeconds(new Date()) };
    return sign(this.keys.own('sig'), 'webhook', WebhookClaims.parse({ ...head, ...eventOf(webhook) }));
  }
}

function eventOf(webhook: WebhookEntity): object {
  const { dataRequestId, requestState, problem, createdAt, consentId, consentState, consentEndedAt } = webhook;
  if (dataRequestId)
    return { event: 'request.settled', dataRequestId, state: requestState, problem, at: createdAt.toISOString() };
  return { event: 'consent.ended', consentId, state: consentState, at: consentEndedAt?.toISOString() };
}

const codeOf = (error: unknown): string => ((error as { code?: string }).code ?? 'FAILED').slice(0, 60);

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
