import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CHUNK_BYTES, DomainError, recordReleased, ReleaseClaims, type ReleaseSummary } from '@bayway/contracts';
import type { ConsentId, ParticipantId } from '@bayway/domain';
import { canonicalDigest, digestOf, epochSeconds, sign } from '@bayway/envelope';
import { addToOutbox, recordEvidence, Transactions } from '@bayway/service';
import type { EntityManager } from 'typeorm';
import { AnswersStore } from '../answers/answers.store.js';
import { ComparisonsService } from '../carried/comparisons.service.js';
import { RecordsService, type Sealed } from '../records/records.service.js';
import { HolderKey } from '../settings/holder-key.js';
import { Staging } from '../staging/staging.js';
import { OrdersService, type Order, type Verified } from './orders.service.js';
import { PermitsService, type Permit } from './permits.service.js';
import { ReleaseEntity, summaryOf } from './release.entity.js';
import { once, ReleasesStore } from './releases.store.js';

/** A record waits for its recipient this long at most. */
const STAGED_MS = 15 * 60_000;

/** Releases records: verified, minimised, signed, encrypted, permitted, staged; in this order and once. */
@Injectable()
export class ReleasesService {
  private readonly underWay = new Map<string, Promise<ReleaseSummary>>();
  @Inject(OrdersService) private readonly orders!: OrdersService;
  @Inject(RecordsService) private readonly records!: RecordsService;
  @Inject(PermitsService) private readonly permits!: PermitsService;
  @Inject(Staging) private readonly staging!: Staging;
  @Inject(HolderKey) private readonly holderKey!: HolderKey;
  @Inject(AnswersStore) private readonly answers!: AnswersStore;
  @Inject(ComparisonsService) private readonly comparisons!: ComparisonsService;
  @Inject(ReleasesStore) private readonly store!: ReleasesStore;
  @Inject(Transactions) private readonly transactions!: Transactions;

  /**
   * Carries out an order. Asked again for the same one, answers the same release.
   * @throws DomainError, EnvelopeError: why nothing was released
   */
  release(order: Order): Promise<ReleaseSummary> {
    const key = canonicalDigest(order);
    const known = this.underWay.get(key);
    if (known) return known;
    const work = this.releaseOnce(order).finally(() => this.underWay.delete(key));
    this.underWay.set(key, work);
    return work;
  }

  private async releaseOnce(order: Order): Promise<ReleaseSummary> {
    const earlier = await this.store.find(order.dataRequestId);
    if (earlier) return repeated(earlier, order);
    const verified = await this.orders.verify(order);
    const { request, importer } = verified;
    if (await this.store.wasReleased({ importer, recipient: request.iss, jti: request.jti }))
      throw new DomainError('data-request-replayed');
    const sealed = await this.records.seal(verified);
    // The permit's commit at consent is the start of the release; nothing of it exists outside this process before.
    const permit = await this.permits.obtain(verified);
    const statement = await this.statementOf(verified, { sealed, permit });
    const file = await this.staging.write(sealed.ciphertext);
    const row = rowOf(verified, { sealed, permit, file, statement });
    const { holder } = verified.request;
    const work = async (tx: EntityManager): Promise<ReleaseEntity> => {
      if (sealed.answering) await this.answers.count(tx, verified, sealed.answering);
      if (sealed.compared) await this.comparisons.use(tx, sealed.compared, order.dataRequestId);
      return this.stage(tx, row, holder);
    };
    const staged = await once(() => this.transactions.run(work)).catch(async (error: unknown) => {
      await this.staging.remove(file);
      throw error;
    });
    if (staged) return summaryOf(staged, CHUNK_BYTES);
    await this.staging.remove(file);
    const other = await this.store.find(order.dataRequestId);
    if (!other) throw new DomainError('data-request-changed');
    return repeated(other, order);
  }

  /** What the holder says of the release to whoever may not see the record: digests under its signature. */
  private async statementOf(
    { order, request, requestDigest }: Verified,
    { sealed, permit }: { sealed: Sealed; permit: Permit },
  ): Promise<string> {
    const { dataRequestId } = order;
    const claims = ReleaseClaims.parse({
      ...{ iss: request.holder, jti: randomUUID(), iat: epochSeconds(new Date()), dataRequestId, requestDigest },
      ...{ consentId: request.consent_id, permitDigest: digestOf(permit.jws) },
      ...{ ciphertextDigest: digestOf(sealed.ciphertext), recordDigest: sealed.recordDigest },
    });
    return sign(await this.holderKey.current(), 'release', claims);
  }

  /** Staged, in evidence and told in one commit; never under a consent whose withdrawal has arrived here. */
  private async stage(tx: EntityManager, row: Unlogged, holder: ParticipantId): Promise<ReleaseEntity> {
    const { dataRequestId, consentId } = row;
    await this.store.lockConsent(tx, consentId);
    if (await this.store.hasEnded(tx, consentId)) throw new DomainError('consent-withdrawn');
    const { requestDigest, importerAssessmentDigest, exporterAssessmentDigest, ciphertextDigest, recordDigest } = row;
    const commitment = await recordEvidence(tx, 'release.made', {
      ...{ dataRequestId, consentId, requestDigest, importerAssessmentDigest, exporterAssessmentDigest },
      ...{ ciphertextDigest, recordDigest },
      permitDigest: digestOf(row.permit),
      releaseDigest: digestOf(row.statement),
    });
    const staged = { ...row, commitment };
    await tx.insert(ReleaseEntity, staged);
    const release = summaryOf(staged, CHUNK_BYTES);
    const data = { dataRequestId, consentId, holder, release, at: row.stagedAt.toISOString() };
    await addToOutbox(tx, recordReleased, { aggregate: dataRequestId, data });
    return staged;
  }
}

type Unlogged = Omit<ReleaseEntity, 'commitment'> & { statement: string };

function rowOf(
  verified: Verified,
  { sealed, permit, file, statement }: { sealed: Sealed; permit: Permit; file: string; statement: string },
): Unlogged {
  const { order, request, importer, requestDigest, importerAssessmentDigest, exporterAssessmentDigest } = verified;
  const { ciphertext, recordDigest } = sealed;
  const stagedAt = new Date();
  return {
    ...{ importer, requestDigest, importerAssessmentDigest, exporterAssessmentDigest, recordDigest, file, stagedAt },
    dataRequestId: order.dataRequestId,
    consentId: request.consent_id as ConsentId,
    recipient: request.iss,
    jti: request.jti,
    permitJti: permit.claims.jti,
    permit: permit.jws,
    statement,
    ciphertextDigest: digestOf(ciphertext),
    size: Buffer.byteLength(ciphertext),
    availableUntil: new Date(stagedAt.getTime() + STAGED_MS),
    destroyedAt: null,
  };
}

/** The same order gets the same release; another one under its id gets none. */
function repeated(release: ReleaseEntity, order: Order): ReleaseSummary {
  const isSame =
    release.requestDigest === digestOf(order.signedRequest) &&
    release.importerAssessmentDigest === digestOf(order.importerAssessment) &&
    release.exporterAssessmentDigest === digestOf(order.exporterAssessment);
  if (!isSame) throw new DomainError('data-request-replayed');
  if (!release.file) throw new DomainError('data-request-ended');
  return summaryOf(release, CHUNK_BYTES);
}
