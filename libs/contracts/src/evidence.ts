import { ConsentId, DataRequestId, Digest, Instant, Signed } from '@bayway/domain';
import { z } from 'zod';
import { defineFact, defineRequest } from './define.js';

/** What leaves evidence: the catalogue. `docs/generated/evidence.md` is made from it. Records hold ids and digests only. */
export const evidenceTypes = {
  'request.made': 'The importer’s broker took a partner’s signed request',
  'request.arrived': 'The exporter’s broker took the request from the other side',
  'request.refused': 'A request was refused, with the deciding rule',
  'request.failed': 'A request ended without a release for a reason other than the rules',
  'request.cancelled': 'The recipient took a request back before its release',
  'letter.replayed': 'An administrator had a message delivered anew that had been set aside',
  'assessment.made': 'A broker signed an assessment',
  'instrument.reminded': 'A filing or the end of an instrument came near, and those in charge were told once',
  'ask.composed': 'An ask was made ready for a resident',
  'ask.deferred': 'She put off her answer',
  'consent.pending': 'She agreed to all required acts',
  'consent.given': 'The consent came into force, for the first time, anew, or after a pause',
  'consent.paused': 'She paused the consent',
  'consent.refused': 'She refused',
  'consent.ended': 'A consent ended: withdrawn, expired, used up, lapsed, ended by a party or declared invalid',
  'withdrawal.recorded': 'A withdrawal came by a partner, in writing, or as part of a bulk withdrawal',
  'withdrawal.stated': 'Holder or recipient signed that it stopped using a record, or deleted it',
  'withdrawal.silent': 'Nobody signed for a withdrawal or deletion in time',
  'objection.made': 'She says that a record or use is wrong, or not hers',
  'bulk.proposed': 'An administrator froze a set of consents to be withdrawn',
  'bulk.approved': 'Another administrator approved a bulk withdrawal',
  'bulk.ended': 'A bulk withdrawal was done or cancelled',
  'export.made': 'Consents were exported for a regulator',
  'salts.destroyed': 'Salts of a consent were destroyed after its retention',
  'notice.published': 'A rules officer published a version of a notice',
  'notice.told': 'Everybody with a standing consent under an earlier version was told of a change',
  'representation.changed': 'A power to act for a child or an organisation was recorded, or ended',
  'permit.issued': 'Leave to release once; its commit starts the release',
  'permit.refused': 'Leave to release was asked for and not given',
  'release.made': 'A connector staged a record for its recipient',
  'record.carried': 'A connector signed a record for its subject to carry',
  'release.destroyed': 'Staged ciphertext was destroyed',
  'delivery.made': 'The importer’s broker passed the record to the recipient',
  'delivery.receipted': 'The recipient signed for the record',
  'handle.resolved': 'Identity resolved a subject handle for a connector',
  'link.bound': 'A resident bound two identities',
  'link.unbound': 'A resident ended a link between two identities',
  'link.refused': 'Two identities were not bound, with the reason',
  'message.refused': 'A message at the border was refused',
  'key.entered': 'An entry was added to the key directory',
} as const;
export type EvidenceType = keyof typeof evidenceTypes;

/** Every service to its jurisdiction's log: a commitment to a record that stays with the service. */
export const evidenceRecorded = defineFact(
  'evidence.recorded.v1',
  { from: ['identity', 'consent', 'broker', 'connector'], to: ['evidence'], batchMs: 500 },
  z.object({ commitment: Digest, at: Instant }),
);

/** A record that a service committed to, with the salt of its commitment: whoever has both can show that it is in the log. */
export const SaltedRecord = z.strictObject({
  record: z.record(
    z.string().max(60),
    z.union([z.string().max(500), z.number(), z.boolean(), z.null(), z.array(z.string().max(500)).max(50)]),
  ),
  salt: Digest,
});
export type SaltedRecord = z.infer<typeof SaltedRecord>;

/** What one service keeps about one exchange. */
const Kept = z.array(SaltedRecord).max(100);

/** The exporter's broker asks consent for the evidence of a consent's release. */
export const consentEvidence = defineRequest(
  'consent.evidence.v1',
  { from: ['broker'], to: ['consent'] },
  {
    request: z.strictObject({ consentId: ConsentId, dataRequestId: DataRequestId }),
    answer: z.object({
      /** The receipt of the consent as given, and the acts on it in their order. */
      receipt: Signed,
      acts: z.array(Signed).min(1).max(10),
      records: Kept,
    }),
  },
);

/** The exporter's broker asks the holder's connector for the evidence of a release. */
export const releaseEvidence = defineRequest(
  'connector.evidence.v1',
  { from: ['broker'], to: ['connector'] },
  {
    request: z.strictObject({ dataRequestId: DataRequestId }),
    answer: z.object({ permit: Signed, release: Signed, records: Kept }),
  },
);

/** What the exporter's side keeps about an exchange. */
export const ExporterEvidence = z.object({
  assessment: Signed,
  consentReceipt: Signed,
  acts: z.array(Signed).min(1).max(10),
  permit: Signed,
  release: Signed,
  records: z.array(SaltedRecord).max(200),
});
export type ExporterEvidence = z.infer<typeof ExporterEvidence>;

/** Importer's broker to exporter's, once the recipient has signed for the record: your part of the evidence. */
export const exchangeEvidence = defineRequest(
  'broker.exchange-evidence.v1',
  { from: ['broker'], to: ['broker'], border: true },
  { request: z.strictObject({ dataRequestId: DataRequestId }), answer: ExporterEvidence },
);

const OneRequest = z.strictObject({ dataRequestId: DataRequestId });

/** Exporter's broker to importer's, for the resident: your part of the evidence. The receipt is null where nothing was released. */
export const importerEvidence = defineRequest(
  'broker.importer-evidence.v1',
  { from: ['broker'], to: ['broker'], border: true },
  {
    request: OneRequest,
    answer: z.object({
      assessment: Signed,
      deliveryReceipt: Signed.nullable(),
      records: z.array(SaltedRecord).max(200),
    }),
  },
);

/** Importer's broker to exporter's, of a request that ended here without a record: your part of the evidence. */
export const refusedEvidence = defineRequest(
  'broker.refused-evidence.v1',
  { from: ['broker'], to: ['broker'], border: true },
  { request: OneRequest, answer: z.object({ assessment: Signed.nullable(), records: z.array(SaltedRecord).max(200) }) },
);

const BothRecords = z.object({ importer: z.array(SaltedRecord).max(200), exporter: z.array(SaltedRecord).max(200) });

/** The signed objects of an exchange, and both sides' records with their salts. */
export const ExchangeEvidence = z.object({
  objects: z.object({
    request: Signed,
    importerAssessment: Signed,
    exporterAssessment: Signed,
    consentReceipt: Signed,
    acts: z.array(Signed).max(10),
    permit: Signed,
    release: Signed,
    deliveryReceipt: Signed,
  }),
  records: BothRecords,
});
export type ExchangeEvidence = z.infer<typeof ExchangeEvidence>;

/** The same of a request that ended without a release, with its end. */
export const RefusalEvidence = z.object({
  objects: z.object({ request: Signed, importerAssessment: Signed, exporterAssessment: Signed.optional() }),
  refusal: z.object({
    dataRequestId: DataRequestId,
    by: z.enum(['importer', 'exporter']),
    outcome: z.enum(['refused', 'failed', 'cancelled']),
    problem: z.string().max(60),
    rule: z.string().max(60).optional(),
  }),
  records: BothRecords,
});
export type RefusalEvidence = z.infer<typeof RefusalEvidence>;

/** `GET /data-requests/:id/evidence`: the parts of a bundle. */
export const RequestEvidence = z.union([RefusalEvidence, ExchangeEvidence]);
export type RequestEvidence = z.infer<typeof RequestEvidence>;

/** Consent asks its broker, for the resident: the parts of both sides of one request under her consent. */
export const requestEvidence = defineRequest(
  'broker.request-evidence.v1',
  { from: ['consent'], to: ['broker'] },
  { request: z.strictObject({ consentId: ConsentId, dataRequestId: DataRequestId }), answer: RequestEvidence },
);

/** Requests under a consent that ended without a release, newest first. */
export const RefusedRequests = z.object({
  items: z
    .array(
      z.object({
        dataRequestId: DataRequestId,
        at: Instant,
        outcome: z.enum(['refused', 'failed', 'expired', 'cancelled']),
      }),
    )
    .max(100),
});
export type RefusedRequests = z.infer<typeof RefusedRequests>;

/** Consent asks its broker, for the resident, what ended without a release under her consent. */
export const refusedRequests = defineRequest(
  'broker.refused-requests.v1',
  { from: ['consent'], to: ['broker'] },
  { request: z.strictObject({ consentId: ConsentId }), answer: RefusedRequests },
);

/** Consent asks its evidence service to make a bundle of the parts: the bytes of the file, which are ASCII. */
export const makeBundle = defineRequest(
  'evidence.bundle.v1',
  { from: ['consent'], to: ['evidence'] },
  {
    request: z.union([RefusalEvidence.strict(), ExchangeEvidence.strict()]),
    answer: z.object({ bundle: z.string().max(200_000) }),
  },
);
