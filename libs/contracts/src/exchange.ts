import {
  ConsentId,
  ConsentState,
  DataRequestId,
  Digest,
  Instant,
  Jurisdiction,
  ParticipantId,
  Signed,
  SubjectHandle,
} from '@bayway/domain';
import { z } from 'zod';
import { FactsPart, Party, Refusal } from './assessment.js';
import { defineFact, defineRequest } from './define.js';

/** Ciphertext travels in pieces of this many bytes at most. */
export const CHUNK_BYTES = 256 * 1024;

/** `settled` is the end of a request on its way to the recipient: released, refused or failed. */
export const ReleaseSummary = z.object({
  ciphertextDigest: Digest,
  size: z.int().min(1).max(16_000_000),
  chunks: z.int().min(1).max(64),
  permit: Signed,
  /** The holder's commitment to the release; both logs carry it. */
  commitment: Digest,
  /** The record is re-served until then, or until it is receipted. */
  availableUntil: Instant,
});
export type ReleaseSummary = z.infer<typeof ReleaseSummary>;

/** Importer's broker to exporter's: a partner's signed request with the importer's signed assessment. */
export const requestArrived = defineFact(
  'broker.request-arrived.v1',
  { from: ['broker'], to: ['broker'], border: true },
  z.object({
    dataRequestId: DataRequestId,
    importer: Jurisdiction,
    signedRequest: Signed,
    assessment: Signed,
    facts: FactsPart,
    party: Party,
    /** When the importer's broker gives it up. */
    deadlineAt: Instant.optional(),
    at: Instant,
  }),
);

/** Exporter's broker to importer's: a request that is under way waits, and for what. */
export const requestWaiting = defineFact(
  'broker.request-waiting.v1',
  { from: ['broker'], to: ['broker'], border: true },
  z.object({ dataRequestId: DataRequestId, reason: z.string().max(60), nextTryAt: Instant, at: Instant }),
);

/** Importer's broker to exporter's: the recipient took the request back, or its time was over. Nothing is released for it. */
export const requestCancelled = defineFact(
  'broker.request-cancelled.v1',
  { from: ['broker'], to: ['broker'], border: true },
  z.object({ dataRequestId: DataRequestId, cause: z.enum(['cancelled', 'expired']), at: Instant }),
);

/** The exporter's broker to the connector: nobody fetches this record any more. */
export const releaseCancelled = defineFact(
  'broker.release-cancelled.v1',
  { from: ['broker'], to: ['connector'] },
  z.object({ dataRequestId: DataRequestId, at: Instant }),
);

/** Exporter's broker to importer's: what became of it. */
export const requestSettled = defineFact(
  'broker.request-settled.v1',
  { from: ['broker'], to: ['broker'], border: true },
  z.object({
    dataRequestId: DataRequestId,
    outcome: z.enum(['released', 'refused', 'failed']),
    assessment: Signed.nullable(),
    refusal: Refusal.nullable(),
    /** A code of the problem registry, when it is not a refusal by the rules. */
    problem: z.string().max(60).nullable(),
    release: ReleaseSummary.nullable(),
    at: Instant,
  }),
);

/** Importer's broker fetches one piece of ciphertext for the recipient that is waiting for it; nothing is kept on the way. */
export const fetchChunk = defineRequest(
  'broker.chunk.v1',
  { from: ['broker'], to: ['broker'], border: true },
  {
    request: z.strictObject({ dataRequestId: DataRequestId, index: z.int().min(0).max(63) }),
    answer: z.object({ data: z.base64().max(360_000), last: z.boolean() }),
  },
);

/** The recipient's signed receipt, on its way to the holder. */
export const deliveryReceipted = defineFact(
  'broker.delivery-receipted.v1',
  { from: ['broker'], to: ['broker'], border: true },
  z.object({ dataRequestId: DataRequestId, receipt: Signed, at: Instant }),
);

/** Claims of the recipient's receipt. */
export const DeliveryReceiptClaims = z.strictObject({
  iss: ParticipantId,
  jti: z.uuid(),
  iat: z.int(),
  dataRequestId: DataRequestId,
  ciphertextDigest: Digest,
  recordDigest: Digest,
});
export type DeliveryReceiptClaims = z.infer<typeof DeliveryReceiptClaims>;

/**
 * Claims of the holder's statement of a release: what it released, under which permit. It names the record by the digest of
 * the signed record, never by its content, so that it may be shown to whoever may not see the record.
 */
export const ReleaseClaims = z.object({
  iss: ParticipantId,
  jti: z.uuid(),
  iat: z.int(),
  dataRequestId: DataRequestId,
  consentId: ConsentId,
  requestDigest: Digest,
  permitDigest: Digest,
  ciphertextDigest: Digest,
  recordDigest: Digest,
});
export type ReleaseClaims = z.infer<typeof ReleaseClaims>;

/** Exporter's broker to importer's: a consent ended; grants and tokens that name it end too. */
export const consentEndedAbroad = defineFact(
  'broker.consent-ended-abroad.v1',
  { from: ['broker'], to: ['broker'], border: true },
  z.object({ consentId: ConsentId, state: ConsentState, recipient: ParticipantId, at: Instant }),
);

/** Importer's broker to exporter's: the recipient was told of the end, and said so. */
export const consentEndAcknowledged = defineFact(
  'broker.consent-end-acknowledged.v1',
  { from: ['broker'], to: ['broker'], border: true },
  z.object({
    consentId: ConsentId,
    by: ParticipantId,
    at: Instant,
    /** The recipient's own signed word. Without it: the importer's broker has ended it, and the recipient is silent so far. */
    statement: Signed.optional(),
  }),
);

/** The importer's broker to its own identity: end the grants that name this consent. */
export const grantEnded = defineFact(
  'broker.grant-ended.v1',
  { from: ['broker'], to: ['identity'] },
  z.object({ consentId: ConsentId, at: Instant }),
);

/** The exporter's broker hands request and both assessments to the holder's connector. Asked again: the same release. */
export const releaseRecord = defineRequest(
  'connector.release.v1',
  { from: ['broker'], to: ['connector'] },
  {
    request: z.strictObject({
      dataRequestId: DataRequestId,
      signedRequest: Signed,
      importerAssessment: Signed,
      exporterAssessment: Signed,
    }),
    answer: ReleaseSummary,
  },
);

/** The broker reads staged ciphertext, one piece at a time. */
export const readChunk = defineRequest(
  'connector.chunk.v1',
  { from: ['broker'], to: ['connector'] },
  { request: fetchChunk.request, answer: fetchChunk.answer },
);

/** The broker tells the connector and consent that the recipient has receipted. */
export const releaseReceipted = defineFact(
  'broker.release-receipted.v1',
  { from: ['broker'], to: ['connector', 'consent'] },
  z.object({ dataRequestId: DataRequestId, consentId: ConsentId, holder: ParticipantId, receipt: Signed, at: Instant }),
);

/** The connector staged a record: the release is done on the holder's side. */
export const recordReleased = defineFact(
  'connector.record-released.v1',
  { from: ['connector'], to: ['consent', 'broker'] },
  z.object({
    dataRequestId: DataRequestId,
    consentId: ConsentId,
    holder: ParticipantId,
    release: ReleaseSummary,
    at: Instant,
  }),
);

/** Somebody at the other end acknowledged the end of a consent: the holder's connector, or the recipient by way of the brokers. */
export const endAcknowledged = defineFact(
  'broker.end-acknowledged.v1',
  { from: ['broker', 'connector'], to: ['consent'] },
  z.object({
    consentId: ConsentId,
    by: z.enum(['holder', 'recipient']),
    at: Instant,
    /** What it signed (`EndStatementClaims`). Without it: that side has been told, and nobody has signed anything yet. */
    statement: Signed.optional(),
  }),
);

/** The connector asks its own identity service whose handle this is; the answer only it can read. */
export const resolveHandle = defineRequest(
  'identity.resolve-handle.v1',
  { from: ['connector'], to: ['identity'] },
  {
    request: z.strictObject({ subjectHandle: SubjectHandle, consentId: ConsentId, holder: ParticipantId }),
    answer: z.object({ jwe: z.string().max(16_000) }),
  },
);
