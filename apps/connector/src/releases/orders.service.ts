import { Inject, Injectable } from '@nestjs/common';
import {
  AssessmentClaims,
  audienceOf,
  DomainError,
  participantSigner,
  signerOf,
  SignedRequestClaims,
  type releaseRecord,
} from '@bayway/contracts';
import { JURISDICTIONS, type Jurisdiction, type Mode } from '@bayway/domain';
import { digestOf, EnvelopeError, verify, verifyFrom, type KeyDirectory, type PublicKey } from '@bayway/envelope';
import { CONFIG, Keys } from '@bayway/service';
import { decodeJwt } from 'jose';
import type { z } from 'zod';
import { ConnectorConfig } from '../config.js';
import { CONNECTOR_FILE, type ConnectorFile, type Dataset } from '../settings/connector-file.js';

export type Order = z.infer<typeof releaseRecord.request>;

/** An order of which everything was verified here, whatever the broker verified before. */
export type Verified = Readonly<{
  order: Order;
  request: SignedRequestClaims;
  importer: Jurisdiction;
  requestDigest: string;
  importerAssessmentDigest: string;
  exporterAssessmentDigest: string;
  assessments: readonly [AssessmentClaims, AssessmentClaims];
  recipientKey: { kid: string; key: PublicKey };
  dataset: Dataset;
  mode: Mode;
}>;

/** A request that travelled longer than this after its own side assessed it is too old. */
const ASSESSMENT_LIFE_MS = 2 * 3_600_000;
const REQUEST_LIFE_SECONDS = 300;

/** Verifies what the broker hands over: who asks, that both sides let it pass, and that it is for this holder. */
@Injectable()
export class OrdersService {
  constructor(
    @Inject(CONFIG) private readonly config: ConnectorConfig,
    @Inject(CONNECTOR_FILE) private readonly file: ConnectorFile,
    @Inject(Keys) private readonly keys: Keys,
  ) {}

  /**
   * @throws EnvelopeError for a wrong or expired signature; DomainError `assessment-invalid`, `message-misaddressed`,
   * `participant-unknown`, `dataset-unknown`, `item-unknown`, `recipient-key-unknown`
   */
  async verify(order: Order): Promise<Verified> {
    const requestDigest = digestOf(order.signedRequest);
    const at = this.assessedAt(order.importerAssessment);
    const { request, importer } = await this.requestOf(order.signedRequest, at);
    const assessments = [
      await this.assessmentOf(order.importerAssessment, importer, requestDigest),
      await this.assessmentOf(order.exporterAssessment, this.config.JURISDICTION, requestDigest),
    ] as const;
    const dataset = this.datasetOf(request);
    const recipientKey = this.recipientKeyOf(importer, request);
    const importerAssessmentDigest = digestOf(order.importerAssessment);
    const exporterAssessmentDigest = digestOf(order.exporterAssessment);
    const digests = { requestDigest, importerAssessmentDigest, exporterAssessmentDigest };
    const mode = request.mode ?? 'transfer';
    return { order, request, importer, ...digests, assessments, recipientKey, dataset, mode };
  }

  /** When the importer's broker took the request in; its signature is verified together with the rest. */
  private assessedAt(assessment: string): Date {
    const at = new Date((claimsOf(assessment).iat ?? 0) * 1000);
    if (Date.now() - at.getTime() > ASSESSMENT_LIFE_MS)
      throw new EnvelopeError('signed-object-expired', 'assessment was on its way for too long');
    return at;
  }

  /**
   * The partner of some jurisdiction signed it; whose, the key directory says. It was alive when it was assessed, and so was
   * its key, which may have ended on the way; a key that was revoked signs nothing, whenever it signed.
   */
  private async requestOf(jws: string, at: Date): Promise<{ request: SignedRequestClaims; importer: Jurisdiction }> {
    const keys = await this.keys.directoryFor(jws);
    const iss = String(claimsOf(jws).iss);
    const by = JURISDICTIONS.map((jurisdiction) => participantSigner(jurisdiction, iss));
    const expected = { type: 'request' as const, schema: SignedRequestClaims, by, keys };
    const { claims, owner } = await verifyFrom(jws, { ...expected, at });
    const importer = owner.slice(0, 2) as Jurisdiction;
    if (claims.aud !== audienceOf(importer, 'broker')) throw new DomainError('message-misaddressed');
    if (claims.exp - claims.iat > REQUEST_LIFE_SECONDS)
      throw new EnvelopeError('signed-object-expired', 'request is valid for more than five minutes');
    return { request: claims, importer };
  }

  private async assessmentOf(jws: string, side: Jurisdiction, requestDigest: string): Promise<AssessmentClaims> {
    const keys = await this.keys.directoryFor(jws);
    const by = signerOf(side, 'broker');
    const claims = await verify(jws, { type: 'assessment', schema: AssessmentClaims, by, keys, at: new Date() });
    const permits = claims.stage === 'release' && claims.proceeds && claims.outcome === 'permit';
    if (claims.iss !== by || claims.requestDigest !== requestDigest || !permits)
      throw new DomainError('assessment-invalid');
    return claims;
  }

  private datasetOf({ exporter, holder, dataset: id, items, mode }: SignedRequestClaims): Dataset {
    if (exporter !== this.config.JURISDICTION || holder !== this.file.holder)
      throw new DomainError('participant-unknown');
    const dataset = (this.file.datasets as Record<string, Dataset | undefined>)[id];
    if (!dataset) throw new DomainError('dataset-unknown', { dataset: id });
    const known = mode === 'answer' ? dataset.answers : dataset.items;
    const unknown = items.find((item) => !(item in known));
    if (unknown !== undefined) throw new DomainError('item-unknown', { item: unknown });
    return dataset;
  }

  private recipientKeyOf(
    importer: Jurisdiction,
    { iss, recipient_key }: SignedRequestClaims,
  ): Verified['recipientKey'] {
    const directory: KeyDirectory = this.keys.current();
    const known = directory.keysOf(participantSigner(importer, iss), 'enc', new Date());
    const key = known.find(({ kid }) => kid === recipient_key);
    if (!key) throw new DomainError('recipient-key-unknown');
    return key;
  }
}

/** Claims before anything is verified: only to know with what to verify. */
function claimsOf(jws: string): { iat?: number; iss?: unknown } {
  try {
    return decodeJwt(jws);
  } catch (cause) {
    throw new EnvelopeError('signature-invalid', 'not a signed object', { cause });
  }
}
