import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type SignedRequestClaims } from '@bayway/contracts';
import { EnvelopeError } from '@bayway/envelope';
import { Keys } from '@bayway/service';
import { decodeProtectedHeader } from 'jose';
import { Assessor } from '../assessments/assessor.service.js';
import { SidesService } from '../assessments/sides.service.js';
import { verifySignedRequest } from '../data-requests/signed-request.js';
import { ASSESSMENT_LIFE_MS } from './incoming-request.js';
import type { IncomingRequestEntity } from './incoming-request.entity.js';

/** Believes a request only when its partner signed it and its own side's broker assessed it and lets it pass. */
@Injectable()
export class VerificationService {
  constructor(
    @Inject(Keys) private readonly keys: Keys,
    @Inject(Assessor) private readonly assessor: Assessor,
    @Inject(SidesService) private readonly sides: SidesService,
  ) {}

  /**
   * The request was alive when the importer's broker assessed it; how long it then travelled is bounded too.
   * @throws EnvelopeError, DomainError `assessment-invalid`, `recipient-key-unknown`, `transit-refused`
   */
  async verify(row: IncomingRequestEntity): Promise<SignedRequestClaims> {
    const { importer, recipient, requestDigest, signedRequest } = row;
    const about = { side: importer, stage: 'release' as const, requestDigest };
    const assessment = await this.assessor.verify(row.importerAssessment, about);
    if (!assessment.proceeds || assessment.outcome !== 'permit') throw new DomainError('assessment-invalid');
    const at = new Date(assessment.iat * 1000);
    if (Date.now() - at.getTime() > ASSESSMENT_LIFE_MS)
      throw new EnvelopeError('signed-object-expired', 'assessment was on its way for too long');
    const claims = await verifySignedRequest(this.keys, signedRequest, { importer, recipient, at });
    this.requireValidNow(signedRequest);
    if (claims.exporter !== this.assessor.me) throw new DomainError('transit-refused');
    this.sides.requireRecipientKey({ importer, recipient: claims.iss, recipient_key: claims.recipient_key });
    return claims;
  }

  /** A key that was revoked while the request travelled signs nothing. */
  private requireValidNow(jws: string): void {
    const { kid = '' } = decodeProtectedHeader(jws);
    if (!this.keys.current().find(kid, new Date()))
      throw new EnvelopeError('signer-unknown', 'signing key is no longer valid');
  }
}
