import { Digest } from '@bayway/domain';
import { z } from 'zod';
import { defineRequest, type ServiceName } from './define.js';

/** Evidence records in one answer at most. */
export const EVIDENCE_PAGE = 200;

const Value = z.union([
  z.string().max(2_000),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.string().max(200)).max(100),
]);

/** A record of the evidence catalogue with the salt of its commitment; `null` once the salt was destroyed. */
export const EvidenceStatement = z.object({
  id: z.uuid(),
  record: z.record(z.string().max(60), Value),
  salt: Digest.nullable(),
  commitment: Digest,
});
export type EvidenceStatement = z.infer<typeof EvidenceStatement>;

const shapes = {
  /** `after`: the last record of the page before, `null` for the first page. */
  request: z.strictObject({ after: z.uuid().nullable() }),
  /** Oldest first; an empty page is the end. */
  answer: z.object({ statements: z.array(EvidenceStatement).max(EVIDENCE_PAGE) }),
};

/** What identity says it has done, for reconciliation with the log. Only evidence may ask: records hold ids and digests. */
export const identityRecords = defineRequest(
  'identity.evidence-records.v1',
  { from: ['evidence'], to: ['identity'] },
  shapes,
);

/** The same of consent. */
export const consentRecords = defineRequest(
  'consent.evidence-records.v1',
  { from: ['evidence'], to: ['consent'] },
  shapes,
);

/** The same of the broker. */
export const brokerRecords = defineRequest(
  'broker.evidence-records.v1',
  { from: ['evidence'], to: ['broker'] },
  shapes,
);

/** The same of one holder's connector. */
export const connectorRecords = defineRequest(
  'connector.evidence-records.v1',
  { from: ['evidence'], to: ['connector'] },
  shapes,
);

/** Who keeps evidence records, and how each is asked for them. */
export const evidenceRecordsOf = {
  identity: identityRecords,
  consent: consentRecords,
  broker: brokerRecords,
  connector: connectorRecords,
} as const satisfies Partial<Record<ServiceName, unknown>>;
export type RecordKeeper = keyof typeof evidenceRecordsOf;

export const isRecordKeeper = (service: ServiceName): service is RecordKeeper => service in evidenceRecordsOf;
