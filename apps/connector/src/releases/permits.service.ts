import { Inject, Injectable } from '@nestjs/common';
import { DomainError, issuePermit, PermitClaims, signerOf } from '@bayway/contracts';
import { isWithinRange, type ConsentId, type SubjectHandle } from '@bayway/domain';
import { EnvelopeError, verify } from '@bayway/envelope';
import { Bus, CONFIG, Keys } from '@bayway/service';
import { ConnectorConfig } from '../config.js';
import type { Verified } from './orders.service.js';

/** A permit is short: longer ones are none of ours. */
const LIFE_SECONDS = 10;

/** A permit with its claims, for exactly one release. */
export type Permit = Readonly<{ jws: string; claims: PermitClaims }>;

/** Asks consent for leave to release, and believes only its signature over exactly this release. */
@Injectable()
export class PermitsService {
  constructor(
    @Inject(CONFIG) private readonly config: ConnectorConfig,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(Keys) private readonly keys: Keys,
  ) {}

  /** @throws DomainError: consent's refusal, `permit-invalid`, `permit-expired`; EnvelopeError for a wrong signature */
  async obtain(verified: Verified): Promise<Permit> {
    const { order, request, requestDigest, importerAssessmentDigest, exporterAssessmentDigest } = verified;
    const release = {
      consentId: request.consent_id as ConsentId,
      dataRequestId: order.dataRequestId,
      holder: request.holder,
      ...{ requestDigest, importerAssessmentDigest, exporterAssessmentDigest },
    };
    const subjectHandle = request.subject_handle as SubjectHandle;
    const { items, data_range: dataRange, retention_until: retentionUntil } = request;
    const limits = { ...(dataRange ? { dataRange } : {}), ...(retentionUntil ? { retentionUntil } : {}) };
    const { permit: jws } = await this.bus.ask(issuePermit, { ...release, subjectHandle, items, ...limits });
    const claims = await this.verified(jws);
    const fits = (Object.keys(release) as (keyof typeof release)[]).every(
      (member) => claims[member] === release[member],
    );
    // Consent has compared; what its signature covers is compared here too.
    const isWithin = isWithinRange(dataRange, claims.dataRange);
    if (!fits || !isWithin || claims.exp - claims.iat > LIFE_SECONDS) throw new DomainError('permit-invalid');
    return { jws, claims };
  }

  private async verified(jws: string): Promise<PermitClaims> {
    const keys = await this.keys.directoryFor(jws);
    const by = signerOf(this.config.JURISDICTION, 'consent');
    try {
      return await verify(jws, { type: 'permit', schema: PermitClaims, by, keys, at: new Date() });
    } catch (error) {
      const isLate = error instanceof EnvelopeError && error.code === 'signed-object-expired';
      throw isLate ? new DomainError('permit-expired', {}, { cause: error }) : error;
    }
  }
}
