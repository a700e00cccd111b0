import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import {
  consentEndAcknowledged,
  consentEnded,
  consentEndedAbroad,
  endAcknowledged,
  grantEnded,
} from '@bayway/contracts';
import type { Jurisdiction } from '@bayway/domain';
import { addToOutbox, afterCommit, noteConsentEnd, OnFact, recordEvidence } from '@bayway/service';
import { In, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { end } from '../data-requests/data-request.js';
import { DataRequestEntity } from '../data-requests/data-request.entity.js';
import { Waiting } from '../data-requests/waiting.js';
import { Peers, sender } from '../peers/peers.js';
import { WebhooksService } from '../webhooks/webhooks.service.js';
import { ConsentEndEntity } from './consent-end.entity.js';
import { EndedConsentEntity } from './ended-consent.entity.js';

type EndedHere = z.infer<typeof consentEnded.data>;
type EndedAbroad = z.infer<typeof consentEndedAbroad.data>;
type Acknowledged = z.infer<typeof consentEndAcknowledged.data>;

/** Carries the end of a consent from the exporter's side to the importer's, and the acknowledgement back. */
@Injectable()
export class ConsentEndsService implements OnModuleInit {
  constructor(
    @Inject(Peers) private readonly peers: Peers,
    @Inject(Waiting) private readonly waiting: Waiting,
    @Inject(WebhooksService) private readonly webhooks: WebhooksService,
  ) {}

  onModuleInit(): void {
    this.peers.takes(consentEndedAbroad, (data, tx, from) => this.endFor(data, tx, from));
    this.peers.takes(consentEndAcknowledged, (data, tx, from) => this.acknowledge(data, tx, from));
  }

  /** Exporter's side. A withdrawal may follow an earlier end of the same consent and is told anew. */
  @OnFact(consentEnded)
  async ended(data: EndedHere, tx: EntityManager): Promise<void> {
    const { consentId, importer, recipient, state, at } = data;
    const row = { consentId, importer, recipient, state, endedAt: new Date(at), acknowledgedAt: null };
    await tx.upsert(ConsentEndEntity, row, ['consentId']);
    await noteConsentEnd(tx, consentId, at);
    const told = { consentId, state, recipient, at };
    await this.peers.tell(tx, consentEndedAbroad, { to: importer, aggregate: consentId, data: told });
  }

  @OnFact(consentEndedAbroad)
  endedAbroad(data: EndedAbroad, tx: EntityManager): Promise<void> {
    return this.endFor(data, tx, sender());
  }

  @OnFact(consentEndAcknowledged)
  acknowledged(data: Acknowledged, tx: EntityManager): Promise<void> {
    return this.acknowledge(data, tx, sender());
  }

  /**
   * Importer's side: no request starts under it, after a withdrawal none goes on, and identity ends what it granted.
   * The acknowledgement says that this broker has ended it; the recipient is told by webhook, and its own signed word,
   * when there is one, follows as another acknowledgement.
   */
  private async endFor(
    { consentId, state, recipient, at }: EndedAbroad,
    tx: EntityManager,
    exporter: Jurisdiction,
  ): Promise<void> {
    const ended = { exporter, consentId, state, recipient, endedAt: new Date(at) };
    await tx.upsert(EndedConsentEntity, ended, ['exporter', 'consentId']);
    await noteConsentEnd(tx, consentId, at);
    await this.webhooks.tell(tx, { recipient, consentId, state, at: new Date(at) });
    const now = new Date();
    const where = { exporter, consentId, state: In(['sent', 'ready', 'delivered']) };
    for (const request of await tx.find(DataRequestEntity, { where, lock: { mode: 'pessimistic_write' } })) {
      const change = end(request, state, now);
      if (!change.state) continue;
      const { id: dataRequestId, requestDigest } = request;
      await tx.update(DataRequestEntity, { id: dataRequestId }, change);
      if (request.release === null) {
        const why = { problem: `consent-${state}`, rule: null };
        await recordEvidence(tx, 'request.refused', { dataRequestId, requestDigest, ...why });
      }
      afterCommit(tx, () => this.waiting.wake(request.id, request.recipient));
    }
    await recordEvidence(tx, 'consent.ended', { consentId, state, exporter, recipient });
    await addToOutbox(tx, grantEnded, { aggregate: consentId, data: { consentId, at } });
    const acknowledgement = { consentId, by: recipient, at: now.toISOString() };
    await this.peers.tell(tx, consentEndAcknowledged, { to: exporter, aggregate: consentId, data: acknowledgement });
  }

  /** Exporter's side again: only the importer of that consent can acknowledge its end. */
  private async acknowledge(
    { consentId, at, statement }: Acknowledged,
    tx: EntityManager,
    importer: Jurisdiction,
  ): Promise<void> {
    const { affected } = await tx.update(ConsentEndEntity, { consentId, importer }, { acknowledgedAt: new Date(at) });
    if (affected !== 1) {
      await recordEvidence(tx, 'message.refused', {
        subject: consentEndAcknowledged.subject,
        consentId,
        from: importer,
      });
      return;
    }
    const data = { consentId, by: 'recipient' as const, at, ...(statement === undefined ? {} : { statement }) };
    await addToOutbox(tx, endAcknowledged, { aggregate: consentId, data });
  }
}
