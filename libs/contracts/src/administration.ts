import {
  ConsentId,
  ConsentState,
  DatasetId,
  Day,
  Digest,
  Instant,
  Jurisdiction,
  ParticipantId,
  Purpose,
  ResidentId,
  SubjectKind,
} from '@bayway/domain';
import { z } from 'zod';
import { Reference } from './consent-end.js';

/** By which way a withdrawal came. */
export const WithdrawalChannel = z.enum(['portal', 'partner', 'writing', 'bulk']);
export type WithdrawalChannel = z.infer<typeof WithdrawalChannel>;

/** Which consents an administrator means. What is left out does not matter. */
export const ConsentFilter = z.strictObject({
  state: z.array(ConsentState).min(1).max(12).optional(),
  subject: ResidentId.optional(),
  subjectKind: SubjectKind.optional(),
  holder: ParticipantId.optional(),
  recipient: ParticipantId.optional(),
  importer: Jurisdiction.optional(),
  dataset: DatasetId.optional(),
  purpose: Purpose.optional(),
  notice: z.string().max(100).optional(),
  /** Decided on these days in the Bay, both counted. */
  decidedFrom: Day.optional(),
  decidedTo: Day.optional(),
  /** Its last day lies on these days, both counted. */
  validFrom: Day.optional(),
  validTo: Day.optional(),
  /** Withdrawn by this way. */
  channel: WithdrawalChannel.optional(),
  /** `true`: a holder or recipient kept silent beyond its time. */
  silent: z.boolean().optional(),
  used: z.boolean().optional(),
});
export type ConsentFilter = z.infer<typeof ConsentFilter>;

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** The filter as a query: states separated by commas. */
export const ConsentFilterQuery = ConsentFilter.extend({
  state: z
    .string()
    .max(120)
    .transform((text) => text.split(','))
    .pipe(z.array(ConsentState).min(1).max(12))
    .optional(),
  silent: flag.optional(),
  used: flag.optional(),
});

/** A consent as administrators see it: ids and codes, nobody's name. */
export const AdminConsentView = z.object({
  id: ConsentId,
  state: ConsentState,
  subject: ResidentId,
  subjectKind: SubjectKind,
  holder: ParticipantId,
  recipient: ParticipantId,
  importer: Jurisdiction,
  exporter: Jurisdiction,
  dataset: DatasetId,
  purpose: Purpose,
  decidedAt: Instant,
  givenAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  validUntil: Day,
  uses: z.int(),
  maxUses: z.int(),
});
export type AdminConsentView = z.infer<typeof AdminConsentView>;

export const AdminConsentPage = z.object({
  items: z.array(AdminConsentView).max(100),
  /** Exact when `exact`, else more than this; the exact one is at `/admin/consents/total`. */
  total: z.int(),
  exact: z.boolean(),
  next: z.string().max(100).nullable(),
});
export type AdminConsentPage = z.infer<typeof AdminConsentPage>;
export const ConsentTotal = z.object({ total: z.int() });

/** Everything an administrator sees of one consent. */
export const AdminConsentDetail = AdminConsentView.extend({
  history: z.array(z.object({ state: z.string().max(20), at: Instant, cause: z.string().max(20) })).max(50),
  withdrawal: z
    .object({
      channel: WithdrawalChannel,
      by: z.string().max(120),
      reference: z.string().max(60).nullable(),
      reason: z.string().max(500).nullable(),
      receivedOn: Day.nullable(),
      at: Instant,
    })
    .nullable(),
  acknowledgements: z
    .array(
      z.object({
        by: z.enum(['holder', 'recipient']),
        what: z.enum(['withdrawal', 'deletion']),
        toldAt: Instant.nullable(),
        at: Instant.nullable(),
        dueAt: Instant.nullable(),
        silentSince: Instant.nullable(),
      }),
    )
    .max(4),
  objections: z.array(z.object({ about: z.string().max(20), at: Instant })).max(100),
  /** Commitments to this consent's evidence records, oldest first: what the log holds. */
  evidence: z
    .array(z.object({ type: z.string().max(40), at: Instant, commitment: Digest, open: z.boolean() }))
    .max(500),
});
export type AdminConsentDetail = z.infer<typeof AdminConsentDetail>;

/** Why an administrator does it; kept with the withdrawal. No names: the consent is named already. */
const Reason = z.string().trim().min(10).max(500);

/** Body of `POST /admin/consents/:id/withdrawal`: her notice in writing, as it lies in the file (PDPO section 2(3)). */
export const WithdrawInWriting = z.strictObject({ reference: Reference, reason: Reason, receivedOn: Day });
export type WithdrawInWriting = z.infer<typeof WithdrawInWriting>;

/** Body of `POST /admin/bulk-withdrawals`: freezes what the filter finds now. */
export const ProposeBulkWithdrawal = z.strictObject({ filter: ConsentFilter, reason: Reason, reference: Reference });
export type ProposeBulkWithdrawal = z.infer<typeof ProposeBulkWithdrawal>;

export const BulkState = z.enum(['proposed', 'running', 'done', 'cancelled']);
export type BulkState = z.infer<typeof BulkState>;

export const BulkWithdrawalView = z.object({
  id: z.uuid(),
  state: BulkState,
  filter: ConsentFilter,
  reason: z.string().max(500),
  reference: z.string().max(60),
  proposedBy: ResidentId,
  proposedAt: Instant,
  decidedBy: ResidentId.nullable(),
  decidedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  /** How many consents are frozen in it, and ten of them. */
  total: z.int(),
  samples: z.array(AdminConsentView).max(10),
  /** Digest of the frozen ids, in order: what the other administrator approves. */
  setDigest: Digest,
  withdrawn: z.int(),
  /** They had ended otherwise, or were withdrawn by then. */
  passedOver: z.int(),
});
export type BulkWithdrawalView = z.infer<typeof BulkWithdrawalView>;

/** Body of an approval: names the set, so that nobody approves another one than was shown. */
export const ApproveBulkWithdrawal = z.strictObject({ setDigest: Digest });
export type ApproveBulkWithdrawal = z.infer<typeof ApproveBulkWithdrawal>;

/** One page of an export for a regulator. */
export const ConsentExport = z.object({
  madeAt: Instant,
  jurisdiction: Jurisdiction,
  log: z.url().max(200),
  filter: ConsentFilter,
  items: z.array(AdminConsentDetail).max(1_000),
  next: z.string().max(100).nullable(),
});
export type ConsentExport = z.infer<typeof ConsentExport>;
