import {
  ActKind,
  Answer,
  AskId,
  ConsentId,
  ConsentState,
  DataRange,
  DatasetId,
  Digest,
  FlowId,
  Frequency,
  Instant,
  ItemId,
  Jurisdiction,
  Language,
  Mode,
  ParticipantId,
  PartyKind,
  Place,
  Purpose,
  SubjectHandle,
  SubjectKind,
} from '@bayway/domain';
import { z } from 'zod';
import { LocalText } from './assessment.js';

/** Names the shape of a receipt; another shape gets another name. */
export const RECEIPT_SCHEMA = 'urn:bayway:consent-receipt:2';
/** Where the JSON-LD context of receipts is published (`docs/generated/consent-receipt.context.jsonld`). */
export const RECEIPT_CONTEXT = 'https://bayway.example/ns/consent-receipt/2';
/** The profile of ISO/IEC TS 27560 in DPV that a receipt keeps to. */
export const RECEIPT_PROFILE = 'https://w3id.org/dpv/schema/dpv-27560#receipt';

const ReceiptParty = z.object({
  id: ParticipantId,
  name: LocalText,
  place: Place,
  role: z.enum(['data-exporter', 'data-importer']),
  kind: PartyKind,
  contact: z.object({ role: LocalText, email: z.email().max(200) }),
});

/**
 * Claims of a consent receipt: what ISO/IEC TS 27560:2023 asks of a record (header, notice, processing, parties, events),
 * for one purpose and one recipient. She is named by the handle of this request only, so that two receipts never correlate.
 */
export const ConsentReceiptClaims = z.object({
  '@context': z.literal(RECEIPT_CONTEXT),
  '@type': z.literal('ConsentReceipt'),
  profile: z.literal(RECEIPT_PROFILE),
  schema: z.literal(RECEIPT_SCHEMA),
  iss: z.string().max(60),
  /** Receipt id: a consent has a receipt for each state its subject is told of. */
  jti: z.uuid(),
  iat: z.int(),
  /** The instant of `iat`, as JSON-LD says it. */
  created: Instant,
  consentId: ConsentId,
  state: ConsentState,
  subject: z.object({ kind: SubjectKind, handle: SubjectHandle }),
  /** The jurisdiction whose law asks for the consent, and the one the record goes to. */
  exporter: Jurisdiction,
  importer: Jurisdiction,
  /** Both as ISO 3166-1 codes: whose law applies. */
  jurisdictions: z
    .array(z.enum(['HK', 'MO', 'CN']))
    .min(1)
    .max(2),
  flowId: FlowId,
  notice: z.object({
    id: z.string().max(100),
    version: z.int().min(1),
    /** Digest of the notice's texts in all languages. */
    digest: Digest,
    language: Language,
    /** Digest of the exact bytes she was shown. */
    shown: Digest,
    askId: AskId,
    askDigest: Digest,
  }),
  processing: z.object({
    lawfulBasis: z.literal('consent'),
    purpose: z.object({ code: Purpose, reference: z.string().max(80).optional() }),
    dataset: DatasetId,
    mode: Mode,
    method: z.literal('encrypted-to-recipient'),
    /** From whom the recipient gets it: the holder, never from her device or by observation. */
    source: z.literal('data-holder'),
    /** The items she agreed to; `sensitive` under the law of the Mainland (PIPL 28). */
    items: z.array(z.object({ id: ItemId, sensitive: z.boolean(), optional: z.boolean() })).max(50),
    /** Where the recipient keeps the record, and the last day on which it does. */
    storageLocation: Place,
    retentionUntil: z.iso.date(),
    /** Last day on which the consent may be used, and how often. */
    validUntil: z.iso.date(),
    maxUses: z.int().min(1),
    frequency: Frequency.optional(),
    dataRange: DataRange.optional(),
  }),
  holder: ReceiptParty,
  recipient: ReceiptParty,
  acts: z
    .array(
      z.object({
        kind: ActKind,
        answer: Answer,
        /** Rules of the register that ask for the act. */
        rules: z.array(z.string().max(40)).max(10),
        at: Instant,
        /** Digest of the act as identity signed it. */
        digest: Digest,
      }),
    )
    .min(1)
    .max(10),
  /** Digests of the signed assessments that the ask rested on; `importer` is null inside one jurisdiction. */
  assessments: z.object({ exporter: Digest, importer: Digest.nullable() }),
  events: z
    .array(
      z.object({
        state: ConsentState,
        at: Instant,
        /** Who brought it about: she (`subject`), who acts for her, or what happened (`redemption`, `time`, `release`, …). */
        by: z.string().regex(/^[a-z-]{3,20}$/),
        /** She says it herself, in so many words, by an act of her own. */
        type: z.literal('explicitly-expressed'),
        validUntil: z.iso.date(),
      }),
    )
    .min(1)
    .max(200),
  rights: z.array(z.enum(['access', 'correction', 'deletion', 'withdrawal', 'complaint'])).max(5),
  /** Where she may complain about the recipient. */
  authority: LocalText,
  withdrawal: z.object({ method: z.literal('portal'), url: z.url().max(300) }),
});
export type ConsentReceiptClaims = z.infer<typeof ConsentReceiptClaims>;
