import { Inject, Injectable } from '@nestjs/common';
import { AssessmentClaims, DomainError, signerOf, type AssessAnswer } from '@bayway/contracts';
import { endOfBayDay, type Jurisdiction, type RequiredAct, type RoutedDetail } from '@bayway/domain';
import { canonicalDigest, EnvelopeError } from '@bayway/envelope';
import { Signer } from '../signer.js';
import { requiredActs } from './ask.js';

/** What an ask rests on: the signed word of both sides about exactly this request. */
@Injectable()
export class AssessmentsCheck {
  constructor(@Inject(Signer) private readonly signer: Signer) {}

  /** @throws DomainError when the record is not of this side, or when the consent would be over before it begins */
  assertServed({ exporter, valid_until }: RoutedDetail): void {
    this.signer.assertOurs(exporter);
    if (endOfBayDay(valid_until) <= new Date())
      throw new DomainError('request-invalid', { errors: [{ pointer: '#/detail/valid_until', detail: 'is over' }] });
  }

  /**
   * Verifies both assessments and answers the acts that they require together.
   * @throws DomainError `assessment-invalid`
   */
  async verify(detail: RoutedDetail, assessed: AssessAnswer): Promise<{ acts: RequiredAct[] }> {
    const { exporter, importer } = detail;
    const abroad = importer !== exporter;
    if (abroad !== (assessed.peer !== null)) throw new DomainError('assessment-invalid');
    const own = await this.read(assessed.own, exporter, detail);
    const peer = assessed.peer === null ? null : await this.read(assessed.peer, importer, detail);
    const acts = requiredActs([own, { acts: assessed.acts }, ...(peer ? [peer] : [])]);
    if (acts.length === 0) throw new DomainError('assessment-invalid', { detail: 'no act is required' });
    return { acts };
  }

  private async read(jws: string, by: Jurisdiction, detail: RoutedDetail): Promise<AssessmentClaims> {
    const claims = await this.verified(jws, by);
    const fits = claims.stage === 'ask' && claims.proceeds && claims.requestDigest === canonicalDigest(detail);
    if (!fits) throw new DomainError('assessment-invalid', { jurisdiction: by });
    return claims;
  }

  private async verified(jws: string, by: Jurisdiction): Promise<AssessmentClaims> {
    try {
      return await this.signer.verify(jws, {
        type: 'assessment',
        schema: AssessmentClaims,
        by: signerOf(by, 'broker'),
      });
    } catch (cause) {
      if (cause instanceof EnvelopeError) throw new DomainError('assessment-invalid', { jurisdiction: by }, { cause });
      throw cause;
    }
  }
}
