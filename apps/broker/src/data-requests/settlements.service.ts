import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import {
  AssessmentClaims,
  DomainError,
  PermitClaims,
  requestSettled,
  requestWaiting,
  signerOf,
} from '@bayway/contracts';
import type { Jurisdiction } from '@bayway/domain';
import { digestOf, EnvelopeError, verify } from '@bayway/envelope';
import { afterCommit, type EvidenceRecord, Keys, logCommitment, OnFact, recordEvidence } from '@bayway/service';
import { decodeJwt } from 'jose';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Assessor } from '../assessments/assessor.service.js';
import { Peers, sender } from '../peers/peers.js';
import { delay, settle, type Settlement } from './data-request.js';
import { DataRequestEntity } from './data-request.entity.js';
import { Waiting } from './waiting.js';
import { WebhooksService } from '../webhooks/webhooks.service.js';

type Told = z.infer<typeof requestSettled.data>;
/** How a request ends here, and by which answer of the other side. */
type Ended = Exclude<Settlement, { outcome: 'released' }> & Readonly<{ by: Told['outcome'] }>;

/** Takes in what the exporter's broker says became of a request, and believes only what is signed by whom it should be. */
@Injectable()
export class SettlementsService implements OnModuleInit {
  private readonly logger = new Logger('settlements');
  @Inject(Assessor) private readonly assessor!: Assessor;
  @Inject(Keys) private readonly keys!: Keys;
  @Inject(Peers) private readonly peers!: Peers;
  @Inject(Waiting) private readonly waiting!: Waiting;
  @Inject(WebhooksService) private readonly webhooks!: WebhooksService;

  onModuleInit(): void {
    this.peers.takes(requestSettled, (data, tx, from) => this.take(data, tx, from));
    this.peers.takes(requestWaiting, (data, tx, from) => this.wait(data, tx, from));
  }

  @OnFact(requestWaiting)
  waits(data: z.infer<typeof requestWaiting.data>, tx: EntityManager): Promise<void> {
    return this.wait(data, tx, sender());
  }

  private async wait(
    { dataRequestId, reason, nextTryAt }: z.infer<typeof requestWaiting.data>,
    tx: EntityManager,
    from: Jurisdiction,
  ): Promise<void> {
    const where = { id: dataRequestId, exporter: from };
    const request = await tx.findOne(DataRequestEntity, { where, lock: { mode: 'pessimistic_write' } });
    if (!request) return;
    const change = delay(request, { reason, nextTryAt }, new Date());
    if (!change.waiting) return;
    await tx.update(DataRequestEntity, { id: dataRequestId }, change);
    afterCommit(tx, () => this.waiting.wake(dataRequestId, request.recipient));
  }

  @OnFact(requestSettled)
  arrived(data: Told, tx: EntityManager): Promise<void> {
    return this.take(data, tx, sender());
  }

  private async take(told: Told, tx: EntityManager, from: Jurisdiction): Promise<void> {
    const { dataRequestId: id } = told;
    const request = await tx.findOne(DataRequestEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (request?.exporter !== from) {
      this.logger.warn({ refused: requestSettled.subject, dataRequestId: id, from });
      await recordEvidence(tx, 'message.refused', { subject: requestSettled.subject, dataRequestId: id, from });
      return;
    }
    const settlement = await this.believe(told, request);
    const change = settle(request, settlement, new Date());
    // What the holder did is in this side's log too, also when the consent has ended here meanwhile.
    if (settlement.outcome === 'released' && request.release === null)
      await logCommitment(tx, settlement.release.commitment);
    if (!change.state) return;
    await tx.update(DataRequestEntity, { id }, change);
    if (settlement.outcome !== 'released') await this.recordEnd(tx, request, { ...settlement, by: told.outcome });
    await this.webhooks.tellSettled(tx, { ...request, ...change });
    afterCommit(tx, () => this.waiting.wake(id, request.recipient));
  }

  private async recordEnd(
    tx: EntityManager,
    { id: dataRequestId, requestDigest }: DataRequestEntity,
    { outcome, problem, refusal, assessment, by }: Ended,
  ): Promise<void> {
    // A release that is not believed is an end of this side's own making.
    const theirs: EvidenceRecord = by === 'released' ? {} : { assessment: assessment && digestOf(assessment) };
    const why = { problem, rule: refusal?.rule ?? null, ...theirs };
    const type = outcome === 'refused' ? 'request.refused' : 'request.failed';
    await recordEvidence(tx, type, { dataRequestId, requestDigest, ...why });
  }

  /** A release without a valid assessment and permit over this very request is none. */
  private async believe(told: Told, request: DataRequestEntity): Promise<Settlement> {
    const { outcome, assessment, release, refusal } = told;
    try {
      if (outcome !== 'released')
        return { outcome, problem: told.problem ?? refusal?.code ?? 'answer-invalid', refusal, assessment };
      if (!assessment || !release) throw new DomainError('answer-invalid');
      const { exporter: side, requestDigest } = request;
      const claims = await this.assessor.verify(assessment, { side, stage: 'release', requestDigest });
      requirePermit(claims);
      await this.requireFittingPermit(release.permit, request, digestOf(assessment));
      return { outcome, release, assessment };
    } catch (error) {
      if (!(error instanceof DomainError || error instanceof EnvelopeError)) throw error;
      return { outcome: 'failed', problem: error.code, refusal: null, assessment: null };
    }
  }

  /** The permit has lapsed by now; it must have been valid when it was given, for exactly this release. */
  private async requireFittingPermit(
    permit: string,
    request: DataRequestEntity,
    exporterDigest: string,
  ): Promise<void> {
    const keys = await this.keys.directoryFor(permit);
    const by = signerOf(request.exporter, 'consent');
    const at = new Date((decodeJwt(permit).iat ?? 0) * 1000);
    const claims = await verify(permit, { type: 'permit', schema: PermitClaims, by, keys, at });
    const fits =
      claims.dataRequestId === request.id &&
      claims.consentId === request.consentId &&
      claims.holder === request.holder &&
      claims.requestDigest === request.requestDigest &&
      claims.importerAssessmentDigest === digestOf(request.ownAssessment ?? '') &&
      claims.exporterAssessmentDigest === exporterDigest;
    if (!fits) throw new DomainError('permit-invalid');
  }
}

function requirePermit({ proceeds, outcome }: AssessmentClaims): void {
  if (!proceeds || outcome !== 'permit') throw new DomainError('assessment-invalid');
}
