import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  connectorSigner,
  consentEnded,
  DeliveryReceiptClaims,
  endAcknowledged,
  EndStatementClaims,
  participantSigner,
  releaseCancelled,
  releaseReceipted,
} from '@bayway/contracts';
import { digestOf, EnvelopeError, epochSeconds, sign, verify } from '@bayway/envelope';
import { addToOutbox, CONFIG, Keys, noteConsentEnd, OnFact, recordEvidence } from '@bayway/service';
import { IsNull, Not, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { ConnectorConfig } from '../config.js';
import { CONNECTOR_FILE, type ConnectorFile } from '../settings/connector-file.js';
import { Staging } from '../staging/staging.js';
import { EndedConsentEntity } from './ended-consent.entity.js';
import { ReleaseEntity } from './release.entity.js';
import { ReleasesStore } from './releases.store.js';

export type Cause = 'receipted' | 'withdrawn' | 'expired' | 'cancelled';

/** Destroys staged ciphertext: when it was receipted, when its consent was withdrawn, when its time is over. */
@Injectable()
export class DestructionService {
  private readonly logger = new Logger('destruction');
  @Inject(Staging) private readonly staging!: Staging;
  @Inject(ReleasesStore) private readonly store!: ReleasesStore;
  @Inject(Keys) private readonly keys!: Keys;
  @Inject(CONFIG) private readonly config!: ConnectorConfig;
  @Inject(CONNECTOR_FILE) private readonly file!: ConnectorFile;

  /** The recipient has the record. A receipt that does not fit destroys nothing: the record stays until its time is over. */
  @OnFact(releaseReceipted)
  async receipted(data: z.infer<typeof releaseReceipted.data>, tx: EntityManager): Promise<void> {
    const { dataRequestId, receipt } = data;
    const release = await this.locked(tx, dataRequestId);
    if (!release?.file) return;
    if (await this.fits(receipt, release)) return this.destroy(tx, release, 'receipted');
    this.logger.warn({ refused: releaseReceipted.subject, dataRequestId });
    await recordEvidence(tx, 'message.refused', { subject: releaseReceipted.subject, dataRequestId });
  }

  /** Nobody fetches it any more: its recipient took the request back, or its time was over. */
  @OnFact(releaseCancelled)
  async cancelled({ dataRequestId }: z.infer<typeof releaseCancelled.data>, tx: EntityManager): Promise<void> {
    const release = await this.locked(tx, dataRequestId);
    if (release?.file) await this.destroy(tx, release, 'cancelled');
  }

  /**
   * After a withdrawal nothing stays staged under the consent and nothing more is. A release that started before the
   * consent expired or was used up is still served.
   */
  @OnFact(consentEnded)
  async ended({ consentId, state, at }: z.infer<typeof consentEnded.data>, tx: EntityManager): Promise<void> {
    await noteConsentEnd(tx, consentId, at);
    if (state === 'withdrawn' || state === 'invalidated') {
      await this.store.lockConsent(tx, consentId);
      await tx.upsert(EndedConsentEntity, { consentId, state, endedAt: new Date(at) }, ['consentId']);
      const where = { consentId, file: Not(IsNull()) };
      for (const release of await tx.find(ReleaseEntity, { where, lock: { mode: 'pessimistic_write' } }))
        await this.destroy(tx, release, 'withdrawn');
    }
    const now = new Date();
    const statement = state === 'withdrawn' ? { statement: await this.statement(consentId, now) } : {};
    const data = { consentId, by: 'holder' as const, at: now.toISOString(), ...statement };
    await addToOutbox(tx, endAcknowledged, { aggregate: consentId, data });
  }

  /** The connector's signed word that nothing is staged under the consent any more, and that nothing more will be. */
  private statement(consentId: string, at: Date): Promise<string> {
    const iss = connectorSigner(this.config.JURISDICTION, this.file.holder);
    const claims = { iss, jti: randomUUID(), iat: epochSeconds(at), consentId, what: 'withdrawal' };
    return sign(this.keys.own('sig'), 'endStatement', EndStatementClaims.parse(claims));
  }

  /** Destroys a release whose time is over, unless it has been destroyed meanwhile. */
  async expire(tx: EntityManager, dataRequestId: ReleaseEntity['dataRequestId']): Promise<void> {
    const release = await this.locked(tx, dataRequestId);
    if (release?.file && release.availableUntil <= new Date()) await this.destroy(tx, release, 'expired');
  }

  private locked(tx: EntityManager, dataRequestId: ReleaseEntity['dataRequestId']): Promise<ReleaseEntity | null> {
    return tx.findOne(ReleaseEntity, { where: { dataRequestId }, lock: { mode: 'pessimistic_write' } });
  }

  /** The file goes first: the evidence of a destruction never comes before it. */
  private async destroy(tx: EntityManager, release: ReleaseEntity, cause: Cause): Promise<void> {
    const { dataRequestId, consentId, ciphertextDigest, file } = release;
    if (file) await this.staging.remove(file);
    await tx.update(ReleaseEntity, { dataRequestId }, { file: null, destroyedAt: new Date() });
    await recordEvidence(tx, 'release.destroyed', { dataRequestId, consentId, ciphertextDigest, cause });
  }

  private async fits(receipt: string, release: ReleaseEntity): Promise<boolean> {
    const { importer, recipient, dataRequestId, ciphertextDigest, recordDigest } = release;
    const keys = await this.keys.directoryFor(receipt);
    const by = participantSigner(importer, recipient);
    const expected = { type: 'delivery' as const, schema: DeliveryReceiptClaims, by, keys, at: new Date() };
    try {
      const claims = await verify(receipt, expected);
      const found = [claims.iss, claims.dataRequestId, claims.ciphertextDigest, claims.recordDigest];
      return digestOf(found.join()) === digestOf([recipient, dataRequestId, ciphertextDigest, recordDigest].join());
    } catch (error) {
      if (error instanceof EnvelopeError) return false;
      throw error;
    }
  }
}
