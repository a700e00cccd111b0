import { Inject, Injectable } from '@nestjs/common';
import { DeliveryReceiptClaims, deliveryReceipted, DomainError, participantSigner } from '@bayway/contracts';
import type { ParticipantId } from '@bayway/domain';
import { digestOf, verify } from '@bayway/envelope';
import { afterCommit, CONFIG, Keys, recordEvidence, Transactions } from '@bayway/service';
import type { EntityManager } from 'typeorm';
import { BrokerConfig } from '../config.js';
import { Peers } from '../peers/peers.js';
import { acceptReceipt } from './data-request.js';
import { DataRequestEntity } from './data-request.entity.js';
import { Waiting } from './waiting.js';

type About = Readonly<{ id: DataRequestEntity['id']; partner: ParticipantId }>;

/** Recipients' signed receipts, on their way to the holder. */
@Injectable()
export class ReceiptsService {
  @Inject(CONFIG) private readonly config!: BrokerConfig;
  @Inject(Keys) private readonly keys!: Keys;
  @Inject(Peers) private readonly peers!: Peers;
  @Inject(Waiting) private readonly waiting!: Waiting;
  @Inject(Transactions) private readonly transactions!: Transactions;

  /**
   * Takes a receipt; the same one again changes nothing.
   * @throws EnvelopeError for a wrong signature; DomainError `receipt-invalid`, `data-request-not-ready`, `data-request-ended`
   */
  async accept({ id, partner }: About, receipt: string): Promise<DataRequestEntity> {
    const keys = await this.keys.directoryFor(receipt);
    const by = participantSigner(this.config.JURISDICTION, partner);
    const expected = { type: 'delivery' as const, schema: DeliveryReceiptClaims, by, keys, at: new Date() };
    const claims = await verify(receipt, expected);
    if (claims.iss !== partner || claims.dataRequestId !== id) throw new DomainError('receipt-invalid');
    return this.transactions.run((tx) => this.store(tx, { id, partner }, { receipt, claims }));
  }

  private async store(
    tx: EntityManager,
    { id, partner }: About,
    { receipt, claims }: { receipt: string; claims: DeliveryReceiptClaims },
  ): Promise<DataRequestEntity> {
    const where = { id, recipient: partner };
    const request = await tx.findOne(DataRequestEntity, { where, lock: { mode: 'pessimistic_write' } });
    if (!request) throw new DomainError('data-request-not-found');
    const change = acceptReceipt(request, receipt, new Date());
    if (!change.state) return request;
    const { ciphertextDigest, recordDigest } = claims;
    if (ciphertextDigest !== request.release?.ciphertextDigest) throw new DomainError('receipt-invalid');
    await tx.update(DataRequestEntity, { id }, change);
    afterCommit(tx, () => this.waiting.wake(id, partner));
    const record = { dataRequestId: id, receipt: digestOf(receipt), ciphertextDigest, recordDigest };
    await recordEvidence(tx, 'delivery.receipted', record);
    const data = { dataRequestId: id, receipt, at: new Date().toISOString() };
    await this.peers.tell(tx, deliveryReceipted, { to: request.exporter, aggregate: id, data });
    return { ...request, ...(change as Partial<DataRequestEntity>) };
  }
}
