import {
  AssuranceLevel,
  DataRequestDetail,
  DataRequestId,
  Digest,
  FlowId,
  Instant,
  Jurisdiction,
  LANGUAGES,
  Mode,
  ParticipantId,
  PartyKind,
  Place,
  RequiredAct,
  RoutedDetail,
  Sector,
  Signed,
  SubjectFacts,
  ItemId,
} from '@bayway/domain';
import { z } from 'zod';
import { defineRequest } from './define.js';

/** A text in the four languages. */
export const LocalText = z.strictObject(
  Object.fromEntries(LANGUAGES.map((l) => [l, z.string().min(1).max(400)])) as Record<
    (typeof LANGUAGES)[number],
    z.ZodString
  >,
);
export type LocalText = z.infer<typeof LocalText>;

/** A participant as the resident and the other side see it. */
export const Party = z.object({
  id: ParticipantId,
  name: LocalText,
  place: Place,
  kind: PartyKind,
  sector: Sector.optional(),
  contact: z.object({ role: LocalText, email: z.email().max(200) }),
  /** Where she may complain about it. */
  authority: LocalText,
});
export type Party = z.infer<typeof Party>;

/** An item as the resident sees it. `sensitive`: under the law of the Mainland (PIPL 28). */
export const ItemView = z.object({ id: ItemId, name: LocalText, sensitive: z.boolean(), optional: z.boolean() });
export type ItemView = z.infer<typeof ItemView>;

/** `ask`: before the resident is asked. `release`: before a record leaves. */
export const Stage = z.enum(['ask', 'release']);

/** Facts about a proposed request in the public format of the trust rules (`scenarios/facts.schema.json`), or a part of them. */
export const FactsPart = z.record(z.string().max(40), z.unknown());

/** Another mode in which the same record could be used: ask for these items in it. */
export const ModeOffer = z.object({ mode: Mode, items: z.array(ItemId).min(1).max(50) });
export type ModeOffer = z.infer<typeof ModeOffer>;

/** Why a request cannot go on: the problem, the deciding rule and its article. */
export const Refusal = z.object({
  code: z.enum(['request-not-lawful', 'request-not-permitted-yet', 'request-needs-review', 'request-facts-missing']),
  jurisdiction: Jurisdiction,
  rule: z.string().max(40).nullable(),
  article: z.string().max(200).nullable(),
  /** Codes of the missing steps, open questions or unknown facts. */
  reasons: z.array(z.string().max(60)).max(40),
  /** Modes that both sides would let pass instead, the strongest first. Only in answer to a pushed request. */
  offers: z.array(ModeOffer).max(2).optional(),
});
export type Refusal = z.infer<typeof Refusal>;

/** Claims of a signed assessment: the decision of one jurisdiction's rules on one request. */
export const AssessmentClaims = z.object({
  iss: z.string().max(60),
  jti: z.uuid(),
  iat: z.int(),
  stage: Stage,
  /** Stage `ask`: digest of the canonical routed detail. Stage `release`: digest of the signed request's bytes. */
  requestDigest: Digest,
  outcome: z.enum(['permit', 'hold', 'forbid', 'escalate', 'needs-info']),
  /** The request may go on: a permit, or at stage `ask` what her own acts can still cure. */
  proceeds: z.boolean(),
  missing: z.array(z.string().max(60)).max(60),
  unknown: z.array(z.string().max(60)).max(60),
  because: z.array(z.string().max(40)).max(200),
  droppedItems: z.array(z.object({ item: z.string().max(40), rule: z.string().max(40) })).max(50),
  obligations: z
    .array(
      z.object({ code: z.string().max(60), due: z.string().max(12).optional(), rule: z.string().max(40).optional() }),
    )
    .max(80),
  acts: z.array(RequiredAct).max(10),
  factsDigest: Digest,
  pack: z.object({ version: z.string().max(20), digest: Digest }),
  asOf: z.iso.date(),
});
export type AssessmentClaims = z.infer<typeof AssessmentClaims>;

/** identity and consent ask their own broker: may this be asked of her, and what must she be shown? */
export const assess = defineRequest(
  'broker.assess.v1',
  { from: ['identity', 'consent'], to: ['broker'] },
  {
    request: z.strictObject({
      detail: RoutedDetail,
      /** Absent before sign-in. */
      subject: SubjectFacts.optional(),
    }),
    answer: z.object({
      proceeds: z.boolean(),
      refusal: Refusal.nullable(),
      own: Signed,
      peer: Signed.nullable(),
      acts: z.array(RequiredAct).max(10),
      /** Assurance level the record needs. */
      level: z.int().min(1).max(4),
      holder: Party,
      recipient: Party,
      dataset: z.object({ id: DataRequestDetail.shape.dataset, name: LocalText }),
      items: z.array(ItemView).max(50),
      dropped: z.array(ItemView).max(50),
    }),
  },
);
export type AssessAnswer = z.infer<typeof assess.answer>;

/** Broker to broker: assess the same request on your side, and say what only you know. */
export const assessPeer = defineRequest(
  'broker.assess-peer.v1',
  { from: ['broker'], to: ['broker'], border: true },
  {
    request: z.strictObject({
      stage: Stage,
      detail: RoutedDetail,
      /** Digest that the assessment shall name. */
      requestDigest: Digest,
      facts: FactsPart,
      party: Party,
    }),
    answer: z.object({
      assessment: Signed,
      refusal: Refusal.nullable(),
      facts: FactsPart,
      party: Party,
      dataset: z.object({ id: DataRequestDetail.shape.dataset, name: LocalText }).nullable(),
      /** Assurance level the record needs; null from the importer, who does not know. */
      level: AssuranceLevel.nullable(),
      items: z.array(ItemView).max(50),
      /** Other modes of the same record that its holder offers, lawful or not; empty from the importer. */
      alternatives: z.array(ModeOffer).max(2),
    }),
  },
);

/** Claims of the signed request that a partner makes for one fetch under a consent. */
export const SignedRequestClaims = z.strictObject({
  iss: ParticipantId,
  aud: z.string().max(100),
  jti: z.uuid(),
  iat: z.int(),
  exp: z.int(),
  request_id: FlowId,
  /** How the record is to be used; absent: `transfer`. In mode `answer` the items are answers that the dataset declares. */
  mode: Mode.optional(),
  dataset: DataRequestDetail.shape.dataset,
  exporter: Jurisdiction,
  holder: ParticipantId,
  items: z.array(ItemId).min(1).max(50),
  purpose: DataRequestDetail.shape.purpose,
  /** The days it asks for; needed where she allowed some days only, and never more than those. */
  data_range: DataRequestDetail.shape.data_range,
  /** Last day on which the recipient keeps the record, as it agreed to; the record repeats it. */
  retention_until: DataRequestDetail.shape.retention_until.optional(),
  recipient_key: Digest,
  consent_id: z.uuid(),
  subject_handle: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  /** In mode `verify`: the fingerprint of the file that she brought (`fingerprintOf` of the envelope), and its salt. */
  carried: z.strictObject({ salt: Digest, fingerprint: Digest }).optional(),
});
export type SignedRequestClaims = z.infer<typeof SignedRequestClaims>;

export const DataRequestRef = z.strictObject({ id: DataRequestId, at: Instant });
