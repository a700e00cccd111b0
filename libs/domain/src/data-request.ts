import { z } from 'zod';
import { Purpose } from './dataset.js';
import { ConsentId, DatasetId, Day, Digest, FlowId, ItemId, ParticipantId, SubjectHandle } from './ids.js';
import { Jurisdiction } from './place.js';

/** The strongest lawful one is offered when the one asked for is not. */
export const Mode = z.enum(['transfer', 'answer', 'verify']);
export type Mode = z.infer<typeof Mode>;

/** How often at most within one calendar period of the Bay; a week begins on Monday. */
export const Frequency = z.strictObject({
  uses: z.int().min(1).max(1000),
  per: z.enum(['day', 'week', 'month', 'year']),
});
export type Frequency = z.infer<typeof Frequency>;

/** The days of which a record is asked for, both included. */
export const DataRange = z
  .strictObject({ from: Day, to: Day })
  .refine(({ from, to }) => from <= to, { error: 'ends before it begins' });
export type DataRange = z.infer<typeof DataRange>;

/** Whether days asked for lie within those allowed; without a limit any do, and with one only days that are named. */
export const isWithinRange = (asked: DataRange | undefined, allowed: DataRange | undefined): boolean =>
  allowed === undefined || (asked !== undefined && allowed.from <= asked.from && asked.to <= allowed.to);

/**
 * What a partner asks for: one `authorization_details` element of type `data-request` (RFC 9396 section 2).
 * Member names follow OAuth's snake case because this object travels in OAuth messages.
 */
export const DataRequestDetail = z.strictObject({
  type: z.literal('data-request'),
  mode: Mode.default('transfer'),
  dataset: DatasetId,
  exporter: Jurisdiction,
  holder: ParticipantId,
  items: z.array(ItemId).min(1).max(50),
  optional_items: z.array(ItemId).max(50).default([]),
  purpose: z.strictObject({ code: Purpose, reference: z.string().min(1).max(80).optional() }),
  /** Last day on which the consent may be used. */
  valid_until: Day,
  /** How often the record may be fetched under the consent. */
  max_uses: z.int().min(1).max(1000),
  /** How often within a period, for a standing consent such as a monthly refresh. */
  frequency: Frequency.optional(),
  /** Absent: the whole record. */
  data_range: DataRange.optional(),
  /** Last day on which the recipient keeps the record. */
  retention_until: Day,
  /** RFC 7638 thumbprint of the recipient's encryption key in the key directory. */
  recipient_key: Digest,
  /** The earlier consent that this one would renew: same record, holder, recipient and purpose, no further item. */
  renews: ConsentId.optional(),
});
export type DataRequestDetail = z.infer<typeof DataRequestDetail>;

/** The detail as the importer's OP passes it to the exporter's: with what only the importer knows. */
export const RoutedDetail = DataRequestDetail.extend({
  importer: Jurisdiction,
  recipient: ParticipantId,
  request_id: FlowId,
});
export type RoutedDetail = z.infer<typeof RoutedDetail>;

/**
 * The detail after the resident's answer, as it stands in ID token, token response and access token: `items` are those
 * she allowed, the optional ones that she chose among them, and nothing is left to choose (RFC 9396 section 7).
 */
export const EnrichedDetail = RoutedDetail.extend({ consent_id: ConsentId, subject_handle: SubjectHandle });
export type EnrichedDetail = z.infer<typeof EnrichedDetail>;
