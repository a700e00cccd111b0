import { Inject, Injectable, Logger } from '@nestjs/common';
import { recordEvidence, Transactions } from '@bayway/service';
import { IsNull, type EntityManager } from 'typeorm';
import { lockConsent } from '../consents/consents.store.js';
import { NotificationsService } from '../notifications/notifications.service.js';
import { Worker } from '../worker.js';
import { AcknowledgementEntity } from './acknowledgement.entity.js';

type Due = Pick<AcknowledgementEntity, 'consentId' | 'by' | 'what'>;
const BATCH = 100;

/** Takes silence further: whoever has signed nothing in time is named to her, to administrators and in evidence. */
@Injectable()
export class SilenceService extends Worker {
  private readonly log = new Logger('silence');

  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(NotificationsService) private readonly notifications: NotificationsService,
  ) {
    super('silence', 10_000);
  }

  /** @returns how many were found silent */
  async work(at: Date = new Date()): Promise<number> {
    const due = await this.transactions.run((tx) => findDue(tx, at));
    for (const one of due) await this.transactions.run((tx) => this.escalate(tx, one, at));
    return due.length;
  }

  private async escalate(tx: EntityManager, one: Due, at: Date): Promise<void> {
    const consent = await lockConsent(tx, one.consentId);
    const where = { ...one, at: IsNull(), silentSince: IsNull() };
    const { affected } = await tx.update(AcknowledgementEntity, where, { silentSince: at });
    if (affected !== 1) return;
    const { consentId, by, what } = one;
    await recordEvidence(tx, 'withdrawal.silent', { consentId, by, what });
    await this.notifications.note(tx, { consent, kind: 'silent', key: `${by}/${what}`, at });
    this.log.warn({ silent: by, what, consentId, party: by === 'holder' ? consent.holder : consent.recipient });
  }
}

const findDue = (tx: EntityManager, at: Date): Promise<Due[]> =>
  tx.query(
    `select consent_id as "consentId", by, what from acknowledgement
      where at is null and silent_since is null and due_at <= $1 order by due_at limit $2`,
    [at, BATCH],
  );
