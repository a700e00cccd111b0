import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DeliveryReceiptClaims, deliveryReceipted, participantSigner, releaseReceipted } from '@bayway/contracts';
import type { Jurisdiction } from '@bayway/domain';
import { digestOf, EnvelopeError, verify } from '@bayway/envelope';
import { addToOutbox, Keys, OnFact, recordEvidence } from '@bayway/service';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Peers, sender } from '../peers/peers.js';
import { IncomingRequestEntity } from './incoming-request.entity.js';
import { IncomingRequestsStore } from './incoming-requests.store.js';

type Told = z.infer<typeof deliveryReceipted.data>;

/** Takes recipients' receipts in and passes them to the connector, which destroys what it staged, and to consent. */
@Injectable()
export class ReceiptedService implements OnModuleInit {
  private readonly logger = new Logger('receipted');
  constructor(
    @Inject(Peers) private readonly peers: Peers,
    @Inject(Keys) private readonly keys: Keys,
    @Inject(IncomingRequestsStore) private readonly store: IncomingRequestsStore,
  ) {}

  onModuleInit(): void {
    this.peers.takes(deliveryReceipted, (data, tx, from) => this.take(data, tx, from));
  }

  @OnFact(deliveryReceipted)
  arrived(data: Told, tx: EntityManager): Promise<void> {
    return this.take(data, tx, sender());
  }

  private async take(told: Told, tx: EntityManager, from: Jurisdiction): Promise<void> {
    const { dataRequestId, receipt, at } = told;
    const row = await this.store.locked(tx, dataRequestId);
    if (row?.receipt) return;
    const claims = row?.importer === from ? await this.claimsOf(receipt, row) : null;
    if (!row?.consentId || !row.holder || !claims) {
      this.logger.warn({ refused: deliveryReceipted.subject, dataRequestId, from });
      await recordEvidence(tx, 'message.refused', { subject: deliveryReceipted.subject, dataRequestId, from });
      return;
    }
    const { consentId, holder } = row;
    await tx.update(IncomingRequestEntity, { id: row.id }, { receipt });
    const { ciphertextDigest, recordDigest } = claims;
    const record = { dataRequestId, receipt: digestOf(receipt), ciphertextDigest, recordDigest };
    await recordEvidence(tx, 'delivery.receipted', record);
    const data = { dataRequestId, consentId, holder, receipt, at };
    await addToOutbox(tx, releaseReceipted, { aggregate: dataRequestId, data, holder });
  }

  /** What the recipient of this very release signed, or null. */
  private async claimsOf(
    receipt: string,
    { id, importer, recipient, release }: IncomingRequestEntity,
  ): Promise<DeliveryReceiptClaims | null> {
    const keys = await this.keys.directoryFor(receipt);
    const by = participantSigner(importer, recipient);
    const expected = { type: 'delivery' as const, schema: DeliveryReceiptClaims, by, keys, at: new Date() };
    try {
      const claims = await verify(receipt, expected);
      const fits = claims.iss === recipient && claims.dataRequestId === id;
      return fits && claims.ciphertextDigest === release?.ciphertextDigest ? claims : null;
    } catch (error) {
      if (error instanceof EnvelopeError) return null;
      throw error;
    }
  }
}
