import { Inject, Injectable, Logger } from '@nestjs/common';
import { recordReleased, releaseReceipted } from '@bayway/contracts';
import { OnFact } from '@bayway/service';
import { IsNull, Not, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { finishUses } from '../consents/consent.js';
import { lockConsent } from '../consents/consents.store.js';
import { ConsentLifecycle } from '../consents/lifecycle.service.js';
import { NotificationsService } from '../notifications/notifications.service.js';
import { PermitEntity } from './permit.entity.js';
import { UseEntity } from './use.entity.js';

/** What became of each use: released by the connector, received by the recipient. */
@Injectable()
export class UsesService {
  private readonly logger = new Logger('uses');

  constructor(
    @Inject(ConsentLifecycle) private readonly lifecycle: ConsentLifecycle,
    @Inject(NotificationsService) private readonly notifications: NotificationsService,
  ) {}

  /** The connector staged the record. With the last use the consent is used up. */
  @OnFact(recordReleased)
  async released(fact: z.infer<typeof recordReleased.data>, tx: EntityManager): Promise<void> {
    const { consentId, dataRequestId, release } = fact;
    const permitted = await tx.existsBy(PermitEntity, { dataRequestId, jws: release.permit });
    if (!permitted || !(await tx.existsBy(UseEntity, { dataRequestId, consentId })))
      return this.ignore(recordReleased.subject, dataRequestId);
    const consent = await lockConsent(tx, consentId);
    const releasedAt = new Date(fact.at);
    await tx.update(UseEntity, { dataRequestId, releasedAt: IsNull() }, { releasedAt });
    const told = { consent, kind: 'used' as const, key: dataRequestId, dataRequestId, at: new Date() };
    await this.notifications.note(tx, told);
    await tx.update(UseEntity, { dataRequestId }, { availableUntil: new Date(release.availableUntil) });
    const released = await tx.countBy(UseEntity, { consentId, releasedAt: Not(IsNull()) });
    const at = new Date();
    const change = finishUses(consent, released, at);
    if (change) await this.lifecycle.move(tx, consent, { change, cause: 'release', at });
  }

  /** The recipient signed for the record: it was released, even if the connector's word is still on its way. */
  @OnFact(releaseReceipted)
  async received(fact: z.infer<typeof releaseReceipted.data>, tx: EntityManager): Promise<void> {
    const { consentId, dataRequestId } = fact;
    const at = new Date(fact.at);
    await tx.update(UseEntity, { dataRequestId, consentId, releasedAt: IsNull() }, { releasedAt: at });
    const { affected } = await tx.update(UseEntity, { dataRequestId, consentId }, { receivedAt: at });
    if (affected === 0) this.ignore(releaseReceipted.subject, dataRequestId);
  }

  /** A fact about a release we never permitted changes nothing; refusing it would only have it sent again. */
  private ignore(subject: string, dataRequestId: string): void {
    this.logger.warn({ ignored: subject, dataRequestId });
  }
}
