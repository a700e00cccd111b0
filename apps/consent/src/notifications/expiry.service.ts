import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, Transactions } from '@bayway/service';
import { In, IsNull, type EntityManager } from 'typeorm';
import type { ConsentConfig } from '../config.js';
import { ConsentEntity } from '../consents/consent.entity.js';
import { Worker } from '../worker.js';
import { NotificationsService } from './notifications.service.js';

const DAY_MS = 86_400_000;
const BATCH = 200;

/** Tells her some days ahead that a consent ends; one that was given for less time than that, not at all. */
@Injectable()
export class ExpiryService extends Worker {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(NotificationsService) private readonly notifications: NotificationsService,
    @Inject(CONFIG) private readonly config: ConsentConfig,
  ) {
    super('expiry', 30_000);
  }

  /** @returns how many consents were looked at */
  work(at: Date = new Date()): Promise<number> {
    const aheadMs = this.config.EXPIRY_NOTICE_DAYS * DAY_MS;
    return this.transactions.run(async (tx) => {
      const near = await findNear(tx, at, new Date(at.getTime() + aheadMs));
      for (const { id, subjectId, givenAt, expiresAt } of near) {
        await tx.query('insert into expiry_told (consent_id, at) values ($1, $2)', [id, at]);
        if (givenAt && expiresAt.getTime() - givenAt.getTime() > aheadMs)
          await this.notifications.note(tx, { consent: { id, subjectId }, kind: 'expiring', key: '', at });
      }
      return near.length;
    });
  }
}

/** Consents in force that end before `until` and of which she was not told; other instances pass over them meanwhile. */
const findNear = (tx: EntityManager, at: Date, until: Date): Promise<ConsentEntity[]> =>
  tx
    .createQueryBuilder(ConsentEntity, 'c')
    .where({ state: In(['given', 'renewed', 'paused']), endedAt: IsNull() })
    .andWhere('c.expiresAt > :at and c.expiresAt <= :until', { at, until })
    .andWhere('not exists (select 1 from expiry_told t where t.consent_id = c.id)')
    .orderBy('c.expiresAt')
    .limit(BATCH)
    .setLock('pessimistic_write')
    .setOnLocked('skip_locked')
    .getMany();
