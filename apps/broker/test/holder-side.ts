import { randomBytes, randomUUID } from 'node:crypto';
import {
  CHUNK_BYTES,
  consentEvidence,
  consentFacts,
  DomainError,
  readChunk,
  releaseEvidence,
  releaseRecord,
  type ReleaseSummary,
  SignedRequestClaims,
} from '@bayway/contracts';
import type { EnrichedDetail, Jurisdiction } from '@bayway/domain';
import { digestOf, epochSeconds, randomName, sign } from '@bayway/envelope';
import { decodeJwt } from 'jose';
import type { z } from 'zod';
import { answers, answersAnything, type Side, type World } from './world.js';

type Facts = z.infer<typeof consentFacts.answer>;
type Order = z.infer<typeof releaseRecord.request>;
const salted = (type: string) => ({ record: { type, at: new Date().toISOString() }, salt: randomName() });
const KEPT = { given: [salted('consent.given')], made: [salted('release.made')] };

/** What the consent service and the connector of a jurisdiction answer, on its real bus and in the contracts' shapes. */
export class HolderSide {
  readonly consents = new Map<string, Facts>();
  readonly orders: Order[] = [];
  readonly ciphertexts = new Map<string, string>();
  /** Set to make the connector answer with a problem instead, once per entry. */
  readonly troubles: DomainError[] = [];
  /** Bytes of ciphertext that a release has. */
  size = 1_000;
  /** Bytes that a piece has. */
  pieceBytes = CHUNK_BYTES;
  /** How long a release is served. */
  servedMs = 900_000;
  /** Claims of the permit that differ from the right ones, and who signs it. */
  permitClaims: Record<string, unknown> = {};
  permitSigner = 'consent';

  constructor(
    private readonly world: World,
    side: Side,
    private readonly me: Jurisdiction = 'cn',
  ) {
    answers(side.bus, consentFacts, ({ consentId }) => {
      const facts = this.consents.get(consentId);
      if (!facts) throw new DomainError('consent-not-found');
      return facts;
    });
    answers(side.bus, releaseRecord, (order) => this.release(order));
    answers(side.bus, consentEvidence, () => ({
      receipt: 're.cei.pt',
      acts: ['a.c.t'],
      records: KEPT.given,
    }));
    answers(side.bus, releaseEvidence, () => ({
      ...{ permit: 'per.m.it', release: 're.lea.se', records: KEPT.made },
    }));
    answersAnything(side.bus, readChunk, ({ dataRequestId, index }) => {
      const text = this.ciphertexts.get(dataRequestId) ?? '';
      const piece = text.slice(index * this.pieceBytes, (index + 1) * this.pieceBytes);
      return { data: Buffer.from(piece).toString('base64'), last: (index + 1) * CHUNK_BYTES >= text.length };
    });
  }

  /** Notes a consent in force for a detail, with overrides of its facts. */
  agree(detail: EnrichedDetail, over: Partial<Facts> = {}): EnrichedDetail {
    const { consent_id, subject_handle: _handle, ...routed } = detail;
    this.consents.set(consent_id, {
      state: 'given',
      detail: routed,
      items: detail.items,
      subject: { kind: 'person', bornOn: '1990-05-05' },
      countedAs: digestOf(consent_id),
      consent: {
        given: true,
        separate: true,
        written: true,
        explicit: false,
        prescribed: true,
        expiresOn: detail.valid_until,
      },
      notice: { given: true, crossBorderItems: true, transfereeClass: true },
      ...over,
    });
    return detail;
  }

  /** Back to what a holder's side does when all is well. */
  reset(): void {
    Object.assign(this, {
      size: 1_000,
      pieceBytes: CHUNK_BYTES,
      servedMs: 900_000,
      permitClaims: {},
      permitSigner: 'consent',
    });
    this.troubles.length = 0;
  }

  private async release(order: Order): Promise<ReleaseSummary> {
    this.orders.push(order);
    const trouble = this.troubles.shift();
    if (trouble) throw trouble;
    const { dataRequestId } = order;
    const ciphertext =
      this.ciphertexts.get(dataRequestId) ?? randomBytes(this.size).toString('hex').slice(0, this.size);
    this.ciphertexts.set(dataRequestId, ciphertext);
    return {
      ciphertextDigest: digestOf(ciphertext),
      size: ciphertext.length,
      chunks: Math.ceil(ciphertext.length / CHUNK_BYTES),
      permit: await this.permit(order),
      commitment: randomName(),
      availableUntil: new Date(Date.now() + this.servedMs).toISOString(),
    };
  }

  /** The permit as consent signs it. */
  private permit(order: Order): Promise<string> {
    const request = SignedRequestClaims.parse(decodeJwt(order.signedRequest));
    const iat = epochSeconds(new Date());
    const claims = {
      ...{ iss: `${this.me}/consent`, jti: randomUUID(), iat, exp: iat + 10, use: 1 },
      ...{ consentId: request.consent_id, dataRequestId: order.dataRequestId, holder: request.holder },
      requestDigest: digestOf(order.signedRequest),
      importerAssessmentDigest: digestOf(order.importerAssessment),
      exporterAssessmentDigest: digestOf(order.exporterAssessment),
      ...this.permitClaims,
    };
    return sign(this.world.trust.key(`${this.me}/${this.permitSigner}`, 'sig'), 'permit', claims);
  }
}
