import {
  AssessmentClaims,
  DomainError,
  participantSigner,
  PermitClaims,
  signerOf,
  SignedRequestClaims,
} from '@bayway/contracts';
import { Jurisdiction, type ItemId } from '@bayway/domain';
import { digestOf, EnvelopeError, verify, type KeyDirectory, type PublicKey } from '@bayway/envelope';
import { decodeJwt } from 'jose';

/** A request to release with both assessments, as the broker hands them over. */
export type Papers = Readonly<{
  dataRequestId: string;
  signedRequest: string;
  importerAssessment: string;
  exporterAssessment: string;
}>;
export type Trust = Readonly<{ keys: KeyDirectory; at: Date; me: Jurisdiction; holder: string }>;

/** What the verified papers say shall be released, to whom, under which conditions. */
export type Order = Readonly<{
  dataRequestId: string;
  request: SignedRequestClaims;
  digests: Readonly<{ requestDigest: string; importerAssessmentDigest: string; exporterAssessmentDigest: string }>;
  items: readonly ItemId[];
  leftOut: AssessmentClaims['droppedItems'];
  conditions: AssessmentClaims['obligations'];
  recipient: Readonly<{ kid: string; key: PublicKey }>;
}>;

const AUDIENCE = /^urn:bayway:(hk|mo|cn):broker$/;

/**
 * Verifies everything itself: the partner's request, and that the brokers of both sides assessed this very request and let it go.
 * @throws EnvelopeError or DomainError with the specific code
 */
export async function verifyPapers(papers: Papers, trust: Trust): Promise<Order> {
  const { request, importer } = await verifyRequest(papers.signedRequest, trust);
  if (request.exporter !== trust.me || request.holder !== trust.holder)
    throw new DomainError('assessment-invalid', { detail: 'request is for another holder' });
  const requestDigest = digestOf(papers.signedRequest);
  const importers = await verifyAssessment(papers.importerAssessment, { by: importer, requestDigest, trust });
  const exporters = await verifyAssessment(papers.exporterAssessment, { by: trust.me, requestDigest, trust });
  const leftOut = [...importers.droppedItems, ...exporters.droppedItems];
  const owner = participantSigner(importer, request.iss);
  const recipient = trust.keys.keysOf(owner, 'enc', trust.at).find(({ kid }) => kid === request.recipient_key);
  if (!recipient) throw new DomainError('recipient-key-unknown');
  return {
    dataRequestId: papers.dataRequestId,
    request,
    digests: {
      requestDigest,
      importerAssessmentDigest: digestOf(papers.importerAssessment),
      exporterAssessmentDigest: digestOf(papers.exporterAssessment),
    },
    items: request.items.filter((item) => !leftOut.some((dropped) => dropped.item === item)),
    leftOut: unique(leftOut, ({ item }) => item),
    conditions: unique([...exporters.obligations, ...importers.obligations], ({ code }) => code),
    recipient,
  };
}

async function verifyRequest(
  jws: string,
  { keys, at }: Trust,
): Promise<{ request: SignedRequestClaims; importer: Jurisdiction }> {
  const { iss, aud } = peek(jws);
  const importer = Jurisdiction.safeParse(AUDIENCE.exec(aud)?.[1]);
  if (!importer.success || !/^[a-z][a-z0-9-]{1,39}$/.test(iss))
    throw new EnvelopeError('message-misaddressed', 'request is for no broker');
  const by = participantSigner(importer.data, iss);
  const request = await verify(jws, { type: 'request', schema: SignedRequestClaims, by, keys, at });
  return { request, importer: importer.data };
}

/** Whom the request says it is from: only to know whose key to verify it with. */
function peek(jws: string): { iss: string; aud: string } {
  try {
    const { iss, aud } = decodeJwt(jws);
    return { iss: String(iss), aud: String(aud) };
  } catch (cause) {
    throw new EnvelopeError('signature-invalid', 'not a signed request', { cause });
  }
}

async function verifyAssessment(
  jws: string,
  expected: { by: Jurisdiction; requestDigest: string; trust: Trust },
): Promise<AssessmentClaims> {
  const { by, requestDigest, trust } = expected;
  const claims = await verify(jws, {
    type: 'assessment',
    schema: AssessmentClaims,
    by: signerOf(by, 'broker'),
    keys: trust.keys,
    at: trust.at,
  });
  if (claims.stage !== 'release' || claims.requestDigest !== requestDigest)
    throw new DomainError('assessment-invalid', { detail: 'assessment is of another request' });
  if (!claims.proceeds || claims.outcome !== 'permit')
    throw new DomainError('assessment-invalid', { detail: 'assessment does not let the request go' });
  return claims;
}

/** A permit must be consent's own, alive, and for exactly this release. @throws DomainError or EnvelopeError */
export async function verifyPermit(jws: string, order: Order, trust: Trust): Promise<PermitClaims> {
  const expected = {
    type: 'permit',
    schema: PermitClaims,
    by: signerOf(trust.me, 'consent'),
    keys: trust.keys,
    at: trust.at,
  } as const;
  const permit = await verify(jws, expected).catch((error: unknown) => {
    if (error instanceof EnvelopeError && error.code === 'signed-object-expired')
      throw new DomainError('permit-expired');
    throw error;
  });
  const { requestDigest, importerAssessmentDigest, exporterAssessmentDigest } = order.digests;
  const isOurs =
    permit.dataRequestId === order.dataRequestId &&
    permit.consentId === order.request.consent_id &&
    permit.holder === trust.holder &&
    permit.requestDigest === requestDigest &&
    permit.importerAssessmentDigest === importerAssessmentDigest &&
    permit.exporterAssessmentDigest === exporterAssessmentDigest;
  if (!isOurs) throw new DomainError('permit-invalid');
  if (permit.exp - permit.iat > PERMIT_SECONDS)
    throw new DomainError('permit-invalid', { detail: 'permit lives too long' });
  return permit;
}

const PERMIT_SECONDS = 10;

const unique = <T>(list: readonly T[], key: (element: T) => string): T[] => [
  ...new Map(list.map((element) => [key(element), element])).values(),
];
