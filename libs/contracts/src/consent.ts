import {
  ActKind,
  Answer,
  AskId,
  AssuranceLevel,
  ConsentId,
  ConsentState,
  DataRequestId,
  Digest,
  FlowId,
  Instant,
  ItemId,
  Jurisdiction,
  Language,
  ParticipantId,
  RoutedDetail,
  Signed,
  Subject,
  SubjectFacts,
  SubjectHandle,
  SubjectKind,
} from '@bayway/domain';
import { z } from 'zod';
import { Refusal } from './assessment.js';
import { defineFact, defineRequest } from './define.js';

/** identity asks what to show her. The same flow gives the same ask, in whatever language. Needs her actor token. */
export const composeAsk = defineRequest(
  'consent.compose.v1',
  { from: ['identity'], to: ['consent'] },
  {
    request: z.strictObject({
      detail: RoutedDetail,
      subject: Subject,
      facts: SubjectFacts,
      /** Her name as her document has it, to be shown to her. */
      displayName: z.string().min(1).max(120),
      /** The subject's name, where somebody else acts for her; to be shown to that person. */
      subjectName: z.string().min(1).max(120).optional(),
      level: AssuranceLevel,
      language: Language,
    }),
    answer: z.discriminatedUnion('outcome', [
      z.object({
        outcome: z.literal('ask'),
        askId: AskId,
        askDigest: Digest,
        /** The fragment, to be shown unchanged; `shownDigest` covers its exact bytes. */
        html: z.string().max(60_000),
        title: z.string().max(200),
        shownDigest: Digest,
        acts: z.array(ActKind).max(10),
        expiresAt: Instant,
      }),
      z.object({
        outcome: z.literal('refused'),
        refusal: Refusal,
        html: z.string().max(60_000),
        title: z.string().max(200),
      }),
    ]),
  },
);

/** Claims of one act, signed by identity: what she was shown, in which language, and what she answered. */
export const ActClaims = z.object({
  iss: z.string().max(60),
  jti: z.uuid(),
  iat: z.int(),
  askId: AskId,
  askDigest: Digest,
  shownDigest: Digest,
  language: Language,
  act: ActKind,
  answer: Answer,
  /** By the handle of this request: an act goes where the evidence of the exchange goes, a resident's identifier does not. */
  subject: z.strictObject({ kind: SubjectKind, handle: SubjectHandle }),
  /**
   * Who acted for the subject, a guardian or a signatory: the digest of the ask's id, a space and the resident's id, which
   * says the same person under no other ask. Absent: she herself.
   */
  by: Digest.optional(),
  level: AssuranceLevel,
});
export type ActClaims = z.infer<typeof ActClaims>;

/** identity hands over her answers. All agreed: a pending consent. One refused: a recorded refusal. Needs her actor token. */
export const decideAsk = defineRequest(
  'consent.decide.v1',
  { from: ['identity'], to: ['consent'] },
  {
    request: z.strictObject({
      askId: AskId,
      acts: z.array(Signed).min(1).max(10),
      optionalItems: z.array(ItemId).max(50),
      subjectHandle: SubjectHandle,
    }),
    answer: z.object({
      consentId: ConsentId,
      state: z.enum(['pending', 'refused']),
      items: z.array(ItemId).max(50),
      receipt: Signed,
    }),
  },
);

/** identity tells that she decides later. The ask stays open until its time is over. Needs her actor token. */
export const deferAsk = defineRequest(
  'consent.defer.v1',
  { from: ['identity'], to: ['consent'] },
  {
    request: z.strictObject({ askId: AskId }),
    answer: z.object({ askId: AskId, answerBy: Instant }),
  },
);

/** identity tells that the importer's OP redeemed the code: the consent is given from now on. Idempotent. */
export const activateConsent = defineRequest(
  'consent.activate.v1',
  { from: ['identity'], to: ['consent'] },
  {
    request: z.strictObject({ consentId: ConsentId, flowId: FlowId }),
    answer: z.object({ consentId: ConsentId, state: ConsentState, receipt: Signed }),
  },
);

/** The exporter's broker asks for fresh facts before a release; part of the trust rules' facts document. */
export const consentFacts = defineRequest(
  'consent.facts.v1',
  { from: ['broker'], to: ['consent'] },
  {
    request: z.strictObject({
      consentId: ConsentId,
      subjectHandle: SubjectHandle,
      /** The year (Asia/Shanghai) that the person is counted in; absent: the present one. */
      year: z.int().min(2000).max(9999).optional(),
    }),
    answer: z.object({
      state: ConsentState,
      detail: RoutedDetail,
      items: z.array(ItemId).max(50),
      subject: SubjectFacts,
      /** A keyed name of the person for this exporter and year, for the yearly counters. */
      countedAs: Digest,
      consent: z.object({
        given: z.boolean(),
        separate: z.boolean(),
        written: z.boolean(),
        explicit: z.boolean(),
        prescribed: z.boolean(),
        guardianGiven: z.boolean().optional(),
        expiresOn: z.iso.date(),
        withdrawnOn: z.iso.date().optional(),
      }),
      notice: z.object({ given: z.boolean(), crossBorderItems: z.boolean(), transfereeClass: z.boolean() }),
    }),
  },
);

/** She withdrew, or it ended otherwise: no release starts after `at`. */
export const consentEnded = defineFact(
  'consent.ended.v1',
  { from: ['consent'], to: ['identity', 'broker', 'connector'] },
  z.object({
    consentId: ConsentId,
    state: ConsentState,
    at: Instant,
    importer: Jurisdiction,
    exporter: Jurisdiction,
    holder: ParticipantId,
    recipient: ParticipantId,
    flowId: FlowId,
  }),
);

/** Body of an administrator's `POST /admin/consents/:id/end`: a party ended it, or an authority declared it invalid. */
export const EndConsent = z.strictObject({ by: z.enum(['holder', 'recipient', 'authority']) });
export type EndConsent = z.infer<typeof EndConsent>;

/** Consent as its subject sees it. */
export const ConsentView = z.object({
  id: ConsentId,
  state: ConsentState,
  /** Who answered for her. Absent: she herself. */
  actingAs: z.enum(['guardian', 'signatory']).optional(),
  /** What the organisation is called that it is about. */
  subjectName: z.string().max(120).optional(),
  dataset: z.object({ id: z.string(), name: z.record(z.string(), z.string()) }),
  items: z.array(z.object({ id: ItemId, name: z.record(z.string(), z.string()), sensitive: z.boolean() })),
  holder: z.object({ id: ParticipantId, name: z.record(z.string(), z.string()), place: z.string() }),
  recipient: z.object({
    id: ParticipantId,
    name: z.record(z.string(), z.string()),
    place: z.string(),
    contact: z.object({ role: z.record(z.string(), z.string()), email: z.string() }),
    authority: z.record(z.string(), z.string()),
  }),
  purpose: z.object({ code: z.string(), reference: z.string().optional() }),
  acts: z.array(z.object({ kind: ActKind, answer: Answer, at: Instant })),
  givenAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  validUntil: z.iso.date(),
  retentionUntil: z.iso.date(),
  maxUses: z.int(),
  uses: z.array(
    z.object({
      dataRequestId: DataRequestId,
      at: Instant,
      /** The connector confirmed that it staged the record. */
      releasedAt: Instant.nullable(),
      /** The recipient's signed receipt arrived. */
      receivedAt: Instant.nullable(),
    }),
  ),
  acknowledgements: z.array(
    z.object({
      by: z.enum(['holder', 'recipient']),
      what: z.enum(['withdrawal', 'deletion']),
      /** When its side was told. */
      toldAt: Instant.nullable(),
      /** What it signed, and since when; null is silence. */
      at: Instant.nullable(),
      statement: Signed.nullable(),
      /** The last day by which it says that it deletes. */
      deleteBy: z.iso.date().nullable(),
      /** Until when an answer is expected, and since when its silence has been taken further. */
      dueAt: Instant.nullable(),
      silentSince: Instant.nullable(),
    }),
  ),
  receipt: Signed,
  shown: z.object({ language: Language, digest: Digest }),
});
export type ConsentView = z.infer<typeof ConsentView>;

/** A receipt as she keeps it, with what it speaks of: enough to check it without Bayway (`verifyReceipt`). */
export const KeptReceipt = z.object({
  receipt: Signed,
  /** Her acts, as identity signed them. */
  acts: z.array(Signed).max(10),
  /** The exact bytes she was shown. */
  shown: z.string().max(60_000),
});
export type KeptReceipt = z.infer<typeof KeptReceipt>;

/** A receipt to be printed: a part of a page, to be shown unchanged. */
export const ReceiptPageView = z.object({
  language: Language,
  title: z.string().max(300),
  html: z.string().max(150_000),
});
export type ReceiptPageView = z.infer<typeof ReceiptPageView>;

/** A page of consents, newest first. */
export const ConsentPage = z.object({
  items: z.array(ConsentView).max(50),
  total: z.int(),
  next: z.string().max(100).nullable(),
});
export type ConsentPage = z.infer<typeof ConsentPage>;

/** A request that waits for her answer, as her portal lists it. She answers where she was asked, or there again. */
export const WaitingAsk = z.object({
  id: AskId,
  /** `deferred`: she said that she decides later. */
  state: z.enum(['requested', 'deferred']),
  dataset: z.object({ id: z.string(), name: z.record(z.string(), z.string()) }),
  holder: z.object({ id: ParticipantId, name: z.record(z.string(), z.string()), place: z.string() }),
  recipient: z.object({ id: ParticipantId, name: z.record(z.string(), z.string()), place: z.string() }),
  purpose: z.object({ code: z.string(), reference: z.string().optional() }),
  maxUses: z.int(),
  askedAt: Instant,
  /** Unanswered by then, it lapses. */
  answerBy: Instant,
});
export type WaitingAsk = z.infer<typeof WaitingAsk>;
export const WaitingAsks = z.object({ items: z.array(WaitingAsk).max(50) });
export type WaitingAsks = z.infer<typeof WaitingAsks>;
