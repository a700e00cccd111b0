import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError, PermitClaims, type issuePermit } from '@bayway/contracts';
import { isInForce, startOfPeriod } from '@bayway/domain';
import { digestOf, epochSeconds } from '@bayway/envelope';
import { recordEvidence, Transactions } from '@bayway/service';
import { MoreThanOrEqual, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { Period } from '../consents/consent.js';
import type { ConsentEntity } from '../consents/consent.entity.js';
import { lockConsent } from '../consents/consents.store.js';
import { ConsentLifecycle } from '../consents/lifecycle.service.js';
import { isOutdated } from '../notices/notices.store.js';
import { Signer } from '../signer.js';
import { decidePermit, PERMIT_SECONDS, type Decision } from './permit.js';
import { PermitEntity } from './permit.entity.js';
import { UseEntity } from './use.entity.js';

type Asked = z.infer<typeof issuePermit.request>;
type Outcome = { permit: string } | { refused: DomainError };

/** Gives or refuses leave to release. The commit of `issue` is the start of the release. */
@Injectable()
export class PermitsService {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(ConsentLifecycle) private readonly lifecycle: ConsentLifecycle,
    @Inject(Signer) private readonly signer: Signer,
  ) {}

  /** @throws DomainError the refusal; it is in evidence by then */
  async issue(request: Asked): Promise<{ permit: string }> {
    const outcome = await this.transactions.run((tx) => this.leave(tx, request));
    if ('refused' in outcome) throw outcome.refused;
    return outcome;
  }

  private async leave(tx: EntityManager, request: Asked): Promise<Outcome> {
    const consent = await lockConsent(tx, request.consentId);
    // INVARIANT: the clock is read under the lock, so that a permit is never younger than a withdrawal it came before.
    const at = new Date();
    const decision = await this.decide(tx, consent, { request, at });
    if (decision instanceof DomainError) {
      await recordEvidence(tx, 'permit.refused', { ...named(request), problem: decision.code });
      return { refused: decision };
    }
    if (decision.kind === 'same') return { permit: decision.jws };
    if (decision.kind === 'first') {
      await this.lifecycle.move(tx, consent, { change: decision.change, cause: 'release', at });
      await tx.insert(UseEntity, { ...named(request), no: decision.no, startedAt: at });
    }
    return { permit: await this.sign(tx, consent, { request, no: decision.no, at }) };
  }

  private async decide(
    tx: EntityManager,
    consent: ConsentEntity,
    ask: { request: Asked; at: Date },
  ): Promise<Decision | DomainError> {
    const { dataRequestId } = ask.request;
    const use = await tx.findOneBy(UseEntity, { dataRequestId });
    const issued = await tx.findOne(PermitEntity, { where: { dataRequestId }, order: { issuedAt: 'desc' } });
    // She agreed to another notice than the one that is in force now (PIPL 14(2)): nothing starts under the old one.
    if (isInForce(consent.state) && (await isOutdated(tx, consent.askId, ask.at)))
      return new DomainError('consent-renewal-needed', { consentId: consent.id });
    try {
      return decidePermit(consent, { use, issued, period: use ? null : await periodOf(tx, consent, ask.at) }, ask);
    } catch (error) {
      if (error instanceof DomainError) return error;
      throw error;
    }
  }

  private async sign(
    tx: EntityManager,
    { detail }: ConsentEntity,
    { request, no, at }: { request: Asked; no: number; at: Date },
  ): Promise<string> {
    const iat = epochSeconds(at);
    const [jti, exp] = [randomUUID(), iat + PERMIT_SECONDS];
    const { holder } = request;
    const limits = {
      ...(detail.data_range ? { dataRange: detail.data_range } : {}),
      retentionUntil: detail.retention_until,
    };
    const claims = { iss: this.signer.me, jti, iat, exp, holder, use: no, ...limits, ...named(request) };
    const jws = await this.signer.sign('permit', PermitClaims, claims);
    const { dataRequestId } = request;
    await tx.insert(PermitEntity, { jti, dataRequestId, jws, issuedAt: at, expiresAt: new Date(exp * 1000) });
    await recordEvidence(tx, 'permit.issued', { ...named(request), use: no, permitDigest: digestOf(jws) });
    return jws;
  }
}

/** How often the consent was used in the present period. INVARIANT: read under the lock that the use is counted under. */
async function periodOf(tx: EntityManager, { id: consentId, detail }: ConsentEntity, at: Date): Promise<Period | null> {
  const { frequency } = detail;
  if (!frequency) return null;
  const startedAt = MoreThanOrEqual(startOfPeriod(at, frequency.per));
  return { frequency, used: await tx.countBy(UseEntity, { consentId, startedAt }) };
}

/** A release by its ids and digests. */
const named = (request: Asked) => ({
  consentId: request.consentId,
  dataRequestId: request.dataRequestId,
  requestDigest: request.requestDigest,
  importerAssessmentDigest: request.importerAssessmentDigest,
  exporterAssessmentDigest: request.exporterAssessmentDigest,
});
