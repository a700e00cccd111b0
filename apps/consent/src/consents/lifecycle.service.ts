import { Inject, Injectable } from '@nestjs/common';
import { consentEnded, DomainError, type EvidenceType, type NotificationKind } from '@bayway/contracts';
import type { ConsentState } from '@bayway/domain';
import { addToOutbox, recordEvidence, type EvidenceRecord } from '@bayway/service';
import type { EntityManager } from 'typeorm';
import type { Change } from './consent.js';
import { ConsentEntity } from './consent.entity.js';
import { HistoryEntity, type Cause } from './history.entity.js';
import { NotificationsService } from '../notifications/notifications.service.js';
import { ReceiptsService } from './receipts.service.js';

const EVIDENCE: Readonly<Record<ConsentState, EvidenceType>> = {
  pending: 'consent.pending',
  refused: 'consent.refused',
  given: 'consent.given',
  lapsed: 'consent.ended',
  withdrawn: 'consent.ended',
  expired: 'consent.ended',
  'used-up': 'consent.ended',
  terminated: 'consent.ended',
  invalidated: 'consent.ended',
  renewed: 'consent.given',
  paused: 'consent.paused',
  requested: 'ask.composed',
  deferred: 'ask.deferred',
};

/** What she brought about herself, or what came of her own click, is on a receipt; what time or use ends is not. */
const RECEIPTED: readonly ConsentState[] = ['pending', 'refused', 'given', 'renewed', 'paused', 'withdrawn'];

/** What she is told of. A click that lapsed she knows of; what came of a redemption is `given`. */
const TOLD: Readonly<Partial<Record<ConsentState, NotificationKind>>> = {
  given: 'given',
  renewed: 'given',
  refused: 'refused',
  withdrawn: 'withdrawn',
  expired: 'ended',
  'used-up': 'ended',
  terminated: 'ended',
  invalidated: 'ended',
};

type Step = Readonly<{ change: Change; cause: Cause; at: Date }>;

/** Writes what the rules decided: row, history, evidence, receipt and the news of an end, in the caller's transaction. */
@Injectable()
export class ConsentLifecycle {
  constructor(
    @Inject(ReceiptsService) private readonly receipts: ReceiptsService,
    @Inject(NotificationsService) private readonly notifications: NotificationsService,
  ) {}

  /**
   * Applies a change to a locked consent and answers the consent as it now is.
   * @throws DomainError `consent-changed` when somebody else changed it since it was read
   */
  async move(tx: EntityManager, consent: ConsentEntity, { change, cause, at }: Step): Promise<ConsentEntity> {
    const { id, version } = consent;
    const { affected } = await tx.update(ConsentEntity, { id, version }, change);
    if (affected !== 1) throw new DomainError('consent-changed', { consentId: id });
    const moved: ConsentEntity = { ...consent, ...change, version: version + 1 };
    if (!change.state) return moved;
    await this.enter(tx, moved, { cause, at });
    return moved.endedAt ? this.tellAtOnce(tx, moved, at) : moved;
  }

  /** Notes the state that a consent has just entered: history, receipt, evidence. Also for its first one. */
  async enter(
    tx: EntityManager,
    consent: ConsentEntity,
    { cause, at, evidence = {} }: { cause: Cause; at: Date; evidence?: EvidenceRecord },
  ): Promise<void> {
    const { id: consentId, state } = consent;
    await tx.insert(HistoryEntity, { consentId, state, at, cause });
    const receipt = RECEIPTED.includes(state) ? await this.receipts.issue(tx, consent, at) : null;
    const kind = TOLD[state];
    if (kind) await this.notifications.note(tx, { consent, kind, key: state, at });
    const record = { consentId, askId: consent.askId, state, cause, ...evidence };
    await recordEvidence(tx, EVIDENCE[state], receipt ? { ...record, receiptDigest: receipt.digest } : record);
  }

  /**
   * A withdrawal is told at once, and so is what an authority declared invalid; any other end once no release is on its
   * way, so that telling does not cut it off.
   */
  private async tellAtOnce(tx: EntityManager, consent: ConsentEntity, at: Date): Promise<ConsentEntity> {
    const isCut = consent.state === 'withdrawn' || consent.state === 'invalidated';
    return isCut || consent.uses === 0 ? this.tellEnd(tx, consent, at) : consent;
  }

  /** Tells identity, broker and connector that a consent ended. A withdrawal after an earlier end is told anew. */
  async tellEnd(tx: EntityManager, consent: ConsentEntity, at: Date): Promise<ConsentEntity> {
    const { id, version, state, holder, detail, endedAt } = consent;
    const { importer, exporter, recipient, request_id: flowId } = detail;
    const ended = (endedAt ?? at).toISOString();
    await addToOutbox(tx, consentEnded, {
      aggregate: id,
      holder,
      data: { consentId: id, state, at: ended, importer, exporter, holder, recipient, flowId },
    });
    const { affected } = await tx.update(ConsentEntity, { id, version }, { endToldAt: at });
    if (affected !== 1) throw new DomainError('consent-changed', { consentId: id });
    return { ...consent, endToldAt: at, version: version + 1 };
  }
}
