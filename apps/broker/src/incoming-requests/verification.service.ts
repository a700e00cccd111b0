import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type SignedRequestClaims } from '@bayway/contracts';
import { EnvelopeError } from '@bayway/envelope';
import { Keys } from '@bayway/service';
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
   * The request was alive when the importer's broker assessed it, and so was its key, which may have ended on the way; how
   * long it then travelled is bounded too. A key that was revoked signs nothing, whenever it signed.
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
    if (claims.exporter !== this.assessor.me) throw new DomainError('transit-refused');
    this.sides.requireRecipientKey({ importer, recipient: claims.iss, recipient_key: claims.recipient_key });
    return claims;
  }
}
