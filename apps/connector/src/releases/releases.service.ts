import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  CHUNK_BYTES,
  DomainError,
  recordReleased,
  resolveHandle,
  issuePermit,
  type PermitClaims,
  type releaseRecord,
} from '@bayway/contracts';
import { digestOf, epochSeconds, sealRecord } from '@bayway/envelope';
import { addToOutbox, afterCommit, Bus, inTransaction, Keys, OutboxRelay, recordEvidence } from '@bayway/service';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { bayDay } from '../bay-day.js';
import { Source } from '../source/source.service.js';
import { HOLDER_KEYS, STANDING, type Standing } from '../standing.js';
import { verifyPapers, verifyPermit, type Order, type Papers } from './order.js';
import { ReleaseEntity } from './release.entity.js';
import { openSubject } from './subject.js';
import { STAGING, type Staging } from './staging.js';

type Summary = z.infer<typeof releaseRecord.answer>;
type Sealed = Readonly<{ ciphertext: string; permit: PermitClaims; permitJws: string }>;

const AVAILABLE_MS = 15 * 60_000;

/** Releases one record: verify, fetch, keep what is permitted, sign, encrypt, ask for leave, stage. */
@Injectable()
export class ReleasesService {
  @Inject(STANDING) private readonly standing!: Standing;
  @Inject(HOLDER_KEYS) private readonly holderKeys!: Keys;
  @Inject(STAGING) private readonly staging!: Staging;
  @Inject(Source) private readonly source!: Source;
  @Inject(Keys) private readonly keys!: Keys;
  @Inject(Bus) private readonly bus!: Bus;
  @Inject(DataSource) private readonly db!: DataSource;
  @Inject(OutboxRelay) private readonly relay!: OutboxRelay;
  private readonly logger = new Logger('releases');
  private readonly underWay = new Map<string, Promise<Summary>>();

  /** The same request gives the same release, however often it is asked for and whatever was killed in between. */
  release(papers: Papers): Promise<Summary> {
    const known = this.underWay.get(papers.dataRequestId);
    if (known) return known;
    const work = this.releaseOnce(papers).finally(() => this.underWay.delete(papers.dataRequestId));
    this.underWay.set(papers.dataRequestId, work);
    return work;
  }

  private async releaseOnce(papers: Papers): Promise<Summary> {
    const earlier = await this.db.getRepository(ReleaseEntity).findOneBy({ dataRequestId: papers.dataRequestId });
    if (earlier) return this.repeat(earlier, digestOf(papers.signedRequest));
    for (const jws of [papers.signedRequest, papers.importerAssessment, papers.exporterAssessment])
      await this.keys.directoryFor(jws);
    const order = await verifyPapers(papers, this.trust());
    const sealed = await this.seal(order);
    return this.stage(order, sealed);
  }

  private repeat(release: ReleaseEntity, requestDigest: string): Summary {
    if (release.requestDigest !== requestDigest) throw new DomainError('data-request-replayed');
    if (release.destroyedAt || release.availableUntil < new Date()) throw new DomainError('data-request-ended');
    return summaryOf(release);
  }

  /** Plaintext exists here only: between the holder's answer and the recipient's ciphertext, in memory. */
  private async seal(order: Order): Promise<Sealed> {
    const { request, digests } = order;
    const subjectHandle = request.subject_handle as never;
    const consentId = request.consent_id as never;
    const holder = this.standing.holder as never;
    const { jwe } = await this.bus.ask(resolveHandle, { subjectHandle, consentId, holder });
    const { documents } = await openSubject(jwe, this.keys.ownAll('enc'));
    const items = await this.source.read({
      dataset: request.dataset,
      items: order.items,
      documents,
      today: bayDay(new Date()),
    });
    const record = {
      iss: holder,
      iat: epochSeconds(new Date()),
      sub: subjectHandle,
      requestDigest: digests.requestDigest,
      consentId,
      dataset: request.dataset,
      items,
      left_out: [...order.leftOut],
      conditions: [...order.conditions],
    };
    const ciphertext = await sealRecord(this.holderKeys.own('sig'), order.recipient, record);
    const asked = { consentId, subjectHandle, dataRequestId: order.dataRequestId as never, holder, ...digests };
    const { permit: permitJws } = await this.bus.ask(issuePermit, asked);
    await this.keys.directoryFor(permitJws);
    return { ciphertext, permitJws, permit: await verifyPermit(permitJws, order, this.trust()) };
  }

  private async stage(order: Order, { ciphertext, permit, permitJws }: Sealed): Promise<Summary> {
    const file = await this.staging.put(ciphertext);
    try {
      return await inTransaction(this.db, async (tx) => {
        const spent: unknown[] = await tx.query('select 1 from release where permit_jti = $1', [permit.jti]);
        if (spent.length > 0) throw new DomainError('permit-replayed');
        const ended: unknown[] = await tx.query('select 1 from ended_consent where consent_id = $1', [
          permit.consentId,
        ]);
        if (ended.length > 0) throw new DomainError('consent-not-given');
        const releasedAt = new Date();
        const facts = { dataRequestId: order.dataRequestId, consentId: permit.consentId, holder: this.standing.holder };
        const ciphertextDigest = digestOf(ciphertext);
        const commitment = await recordEvidence(tx, 'release.made', {
          ...facts,
          ...order.digests,
          permitJti: permit.jti,
          ciphertextDigest,
        });
        const release: ReleaseEntity = {
          dataRequestId: order.dataRequestId,
          consentId: permit.consentId,
          requestDigest: order.digests.requestDigest,
          permitJti: permit.jti,
          permit: permitJws,
          file,
          ciphertextDigest,
          size: Buffer.byteLength(ciphertext),
          commitment,
          releasedAt,
          availableUntil: new Date(releasedAt.getTime() + AVAILABLE_MS),
          destroyedAt: null,
        };
        await tx.insert(ReleaseEntity, release);
        const data = { ...facts, release: summaryOf(release), at: releasedAt.toISOString() } as z.input<
          typeof recordReleased.data
        >;
        await addToOutbox(tx, recordReleased, { aggregate: permit.consentId, data });
        afterCommit(tx, () => this.relay.nudge());
        return summaryOf(release);
      });
    } catch (error) {
      await this.staging.destroy(file);
      throw error;
    }
  }

  /** One piece of staged ciphertext. @throws DomainError `data-request-not-found` or `data-request-ended` */
  async chunk(dataRequestId: string, index: number): Promise<{ data: string; last: boolean }> {
    const release = await this.db.getRepository(ReleaseEntity).findOneBy({ dataRequestId });
    if (!release) throw new DomainError('data-request-not-found');
    if (release.destroyedAt || release.availableUntil < new Date()) throw new DomainError('data-request-ended');
    const chunks = chunksOf(release.size);
    if (index >= chunks)
      throw new DomainError('request-invalid', { errors: [{ pointer: '#/index', detail: `is not below ${chunks}` }] });
    const piece = await this.staging.read(release.file, index);
    if (!piece) {
      this.logger.error({ missing: release.file });
      throw new DomainError('data-request-ended');
    }
    return { data: piece.toString('base64'), last: index === chunks - 1 };
  }

  private trust() {
    return { keys: this.keys.current(), at: new Date(), me: this.standing.jurisdiction, holder: this.standing.holder };
  }
}

const chunksOf = (size: number): number => Math.ceil(size / CHUNK_BYTES);

const summaryOf = (release: ReleaseEntity): Summary => ({
  ciphertextDigest: release.ciphertextDigest,
  size: release.size,
  chunks: chunksOf(release.size),
  permit: release.permit,
  commitment: release.commitment,
  availableUntil: release.availableUntil.toISOString(),
});
