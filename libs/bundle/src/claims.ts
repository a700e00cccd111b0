import { z } from 'zod';
import { Bytes32, Id, SideName } from './format.js';

const Slug = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/);
/** Seconds since 1970, to the year 2100. */
const Seconds = z.int().min(0).max(4_102_444_800);
const Text = z.string().max(1_000);

/** What verifiers read of each signed object; members not named here are passed over. */
export const Request = z.object({
  ...{ iss: Slug, aud: Text, iat: Seconds, request_id: Id, dataset: Slug, exporter: SideName, holder: Slug },
  items: z.array(Text).min(1).max(50),
  purpose: z.object({ code: Text }),
  ...{ consent_id: Id, subject_handle: Bytes32 },
});
export const Assessment = z.object({
  ...{ iss: Text, iat: Seconds, stage: Text, requestDigest: Bytes32, outcome: Text, proceeds: z.boolean() },
  because: z.array(Text).max(200),
  ...{ factsDigest: Bytes32, pack: z.object({ version: Text, digest: Bytes32 }) },
});
export const Receipt = z.object({
  ...{ iss: Text, iat: Seconds, schema: Text, consentId: Id, state: Text, exporter: Text, importer: Text, flowId: Id },
  subject: z.object({ handle: Bytes32 }),
  notice: z.object({ askId: Id, askDigest: Bytes32, shown: Bytes32, language: Text }),
  processing: z.object({
    dataset: Text,
    purpose: z.object({ code: Text }),
    items: z.array(z.object({ id: Text })).max(50),
  }),
  holder: z.object({ id: Text }),
  recipient: z.object({ id: Text }),
  acts: z.array(z.object({ kind: Text, answer: Text, digest: Bytes32 })).max(10),
});
export const Act = z.object({
  ...{ iss: Text, iat: Seconds, askId: Text, askDigest: Text, shownDigest: Text, language: Text, act: Text },
  answer: Text,
  subject: z.object({ handle: Text }),
});
export const Permit = z.object({
  ...{ iss: Text, iat: Seconds, exp: Seconds, consentId: Text, dataRequestId: Id, holder: Text, requestDigest: Text },
  ...{
    importerAssessmentDigest: Text,
    exporterAssessmentDigest: Text,
    use: z.int().min(1).max(Number.MAX_SAFE_INTEGER),
  },
});
export const Release = z.object({
  ...{ iss: Text, iat: Seconds, dataRequestId: Text, consentId: Text, requestDigest: Text, permitDigest: Text },
  ...{ ciphertextDigest: Bytes32, recordDigest: Bytes32 },
});
export const Delivery = z.object({
  ...{ iss: Text, iat: Seconds, dataRequestId: Text, ciphertextDigest: Text, recordDigest: Text },
});

/** Type in the header of each object, and its claims. */
export const KINDS = {
  request: { typ: 'data-request+jwt', claims: Request },
  importerAssessment: { typ: 'assessment+jwt', claims: Assessment },
  exporterAssessment: { typ: 'assessment+jwt', claims: Assessment },
  consentReceipt: { typ: 'consent-receipt+jwt', claims: Receipt },
  act: { typ: 'consent-act+jwt', claims: Act },
  permit: { typ: 'permit+jwt', claims: Permit },
  release: { typ: 'release+jwt', claims: Release },
  deliveryReceipt: { typ: 'delivery-receipt+jwt', claims: Delivery },
} as const;
export type Kind = keyof typeof KINDS;
export type ClaimsOf<K extends Kind> = z.infer<(typeof KINDS)[K]['claims']>;
