import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError, PermitClaims, type issuePermit } from '@bayway/contracts';
import { isInForce, startOfPeriod } from '@bayway/domain';
import { digestOf, epochSeconds } from '@bayway/envelope';
import { recordEvidence, Transactions } from '@bayway/service';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { ConsentEntity } from '../consents/consent.entity.js';
import { lockConsent } from '../consents/consents.store.js';
import { Signer } from '../signer.js';
import { decidePermit, PERMIT_SECONDS, type Decision } from './permit.js';
import { PermitEntity } from './permit.entity.js';
import { standingOf, startRelease, type Signed } from './permits.store.js';

type Asked = z.infer<typeof issuePermit.request>;
type Outcome = { permit: string } | { refused: DomainError };

/** Gives or refuses leave to release. The commit of `issue` is the start of the release. */
@Injectable()
export class PermitsService {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
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
    const permit = await this.sign(consent, { request, no: decision.no, at });
    const { dataRequestId } = request;
    if (decision.kind === 'again') await tx.insert(PermitEntity, { ...permit, dataRequestId });
    else if (!(await startRelease(tx, { consent, use: { ...named(request), no: decision.no }, permit })))
      throw new DomainError('consent-changed', { consentId: consent.id });
    const issued = { ...named(request), use: decision.no, permitDigest: digestOf(permit.jws) };
    await recordEvidence(tx, 'permit.issued', issued);
    return { permit: permit.jws };
  }

  private async decide(
    tx: EntityManager,
    consent: ConsentEntity,
    ask: { request: Asked; at: Date },
  ): Promise<Decision | DomainError> {
    const { dataRequestId } = ask.request;
    const { id: consentId, askId, detail } = consent;
    const { frequency } = detail;
    const since = frequency ? startOfPeriod(ask.at, frequency.per) : null;
    const standing = await standingOf(tx, { dataRequestId, askId, consentId, at: ask.at, since });
    // She agreed to another notice than the one that is in force now (PIPL 14(2)): nothing starts under the old one.
    if (isInForce(consent.state) && standing.isOutdated)
      return new DomainError('consent-renewal-needed', { consentId });
    const { use, issued, used } = standing;
    try {
      return decidePermit(consent, { use, issued, period: frequency ? { frequency, used } : null }, ask);
    } catch (error) {
      if (error instanceof DomainError) return error;
      throw error;
    }
  }

  private async sign(
    { detail }: ConsentEntity,
    { request, no, at }: { request: Asked; no: number; at: Date },
  ): Promise<Signed> {
    const iat = epochSeconds(at);
    const [jti, exp] = [randomUUID(), iat + PERMIT_SECONDS];
    const { holder } = request;
    const limits = {
      ...(detail.data_range ? { dataRange: detail.data_range } : {}),
      retentionUntil: detail.retention_until,
    };
    const claims = { iss: this.signer.me, jti, iat, exp, holder, use: no, ...limits, ...named(request) };
    const jws = await this.signer.sign('permit', PermitClaims, claims);
    return { jti, jws, issuedAt: at, expiresAt: new Date(exp * 1000) };
  }
}

/** A release by its ids and digests. */
const named = (request: Asked) => ({
  consentId: request.consentId,
  dataRequestId: request.dataRequestId,
  requestDigest: request.requestDigest,
  importerAssessmentDigest: request.importerAssessmentDigest,
  exporterAssessmentDigest: request.exporterAssessmentDigest,
});
