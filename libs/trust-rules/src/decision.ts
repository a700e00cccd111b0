import { z } from 'zod';

/** How a request stands; everything but `permit` denies, and differs in what the person is told. */
export const Outcome = z.enum(['permit', 'hold', 'forbid', 'escalate', 'needs-info']);
export type Outcome = z.infer<typeof Outcome>;

/** A step that is missing and can be cured. */
export const MissingStep = z.enum([
  'subject-consent',
  'separate-consent',
  'written-consent',
  'guardian-consent',
  'new-consent',
  'prescribed-consent',
  'direct-marketing-consent',
  'notice',
  'impact-assessment',
  'valid-instrument',
  'security-assessment',
  'instrument-in-effect',
  'file-contract',
  'use-template-unaltered',
  'instrument-scope-update',
  'mo-transfer-ground',
  'mo-sensitive-ground',
  'dspdp-notification',
  'dspdp-authorisation',
  'hgr-report-and-backup',
  'hgr-security-review',
  'cbcr-arrangement',
  'onward-agreement',
  'onward-necessity-record',
  'onward-notice',
  'onward-consent',
  'identity-assurance',
  'identity-proof',
  'agent-authorisation',
  'subject-action',
  'salted-fingerprint',
  'record-window',
  'application-lead-time',
  'subject-authorisation',
]);
export type MissingStep = z.infer<typeof MissingStep>;

/** A duty that the law attaches, whatever the outcome. */
export const ObligationCode = z.enum([
  'minimum-items',
  'strict-protection',
  'keep-impact-assessment',
  'keep-provision-records',
  'minor-rules',
  'entrustment-agreement',
  'identify-important-data',
  'not-counted',
  'prove-no-mainland-data',
  'notify-after-emergency',
  'record-emergency',
  'stop-processing',
  'delete-or-restrict',
  'earlier-processing-stays-valid',
  'tell-source-to-delete',
  'check-central-bank-rules',
  'no-onward-outside-gba',
  'use-only-agreed-purpose',
  'recipient-records',
  'delete-or-return-at-end',
  'file-contract-by',
  'record-late-filing',
  'drop-instrument-claim',
  'importer-notice',
  'importer-sensitive-duties',
  'importer-impact-assessment',
  'importer-security',
  'contract-security',
  'processor-contract',
  'dspdp-notify-processing',
  'legal-review',
  'use-mutual-assistance',
  'refer-to-competent-authority',
  'record-approval',
  'anonymise-or-new-route',
  'offer-self-carry',
  'offer-bank-certificate',
  'count-free-report',
  'report-fee-may-apply',
  'subject-downloads-original',
  'hash-only-crosses',
  'subject-action-each-time',
  'one-time-salt',
  'boolean-result-only',
  'log-without-content',
  'two-codes',
  'usable-not-visible',
  'comply-by',
  'breach-late-answer',
  'fee-not-excessive',
  'answer-in-time',
  'reply-with-reason',
  'correct-data',
  'send-correction-to-third-party',
  'third-party-verify-and-correct',
  'erase-data',
  'restrict-to-storage',
  'limited-to-own-interest',
]);
export type ObligationCode = z.infer<typeof ObligationCode>;

/** Something to show that does not decide. */
export const Advisory = z.enum([
  'hk-s33-not-in-operation',
  'hk-model-clauses-recommended',
  'hk-withdrawal-needs-writing',
  'gba-ciio-unsettled',
  'no-listed-validation-scheme',
  'self-carry-doctrinal',
]);
export type Advisory = z.infer<typeof Advisory>;

/** A question the law leaves open; a person must decide. */
export const OpenQuestion = z.enum([
  'gba-volume',
  'gba-cross-sar-onward',
  'gba-certification-status',
  'ciio-exemption',
  'sar-authority-request',
  'authority-pair',
  'gov-service-pair',
  'mo-emergency-notification',
  'hgr-subject-carry',
  'hk-s26-other-place-law',
]);
export type OpenQuestion = z.infer<typeof OpenQuestion>;

/** Id of a rule in the register: legal system or scheme, instrument, article. */
export const RuleId = z
  .string()
  .max(40)
  .regex(/^(CN|HK|MO|GBA|SCHEME|PLAT)\.[A-Z0-9.]+$/);
export type RuleId = z.infer<typeof RuleId>;

/** One duty: its last day (ISO date, or ISO 8601 duration where no start day is known) and the rule that imposes it. */
export const Obligation = z.strictObject({
  code: ObligationCode,
  due: z
    .string()
    .max(12)
    .regex(/^([0-9]{4}-[0-9]{2}-[0-9]{2}|P[0-9]+[DMY])$/)
    .optional(),
  rule: RuleId.optional(),
});
export type Obligation = z.infer<typeof Obligation>;

/** The answer to one facts document: the public output format of the rules engine. */
export const Decision = z.strictObject({
  outcome: Outcome,
  /** True exactly when `outcome` is `permit`. */
  allowed: z.boolean(),
  /** Curable steps; empty unless `outcome` is `hold`. */
  missing: z.array(MissingStep).max(40),
  /** Paths of facts that were needed and are unknown. */
  unknown: z
    .array(
      z
        .string()
        .max(60)
        .regex(/^[a-zA-Z]+\.[a-zA-Z]+$/),
    )
    .max(200),
  /** One entry per code; the first rule that imposed it is named. */
  obligations: z.array(Obligation).max(80),
  /** Items refused while the rest goes on, each with the first rule that refuses it. */
  droppedItems: z.array(z.strictObject({ item: z.string().max(40), rule: RuleId })).max(10_000),
  /** Rules that applied, satisfied or not. */
  because: z.array(RuleId).max(200),
  advisories: z.array(Advisory).max(10),
  /** Open questions that were met, whatever the outcome. */
  unsettled: z.array(OpenQuestion).max(20),
});
export type Decision = z.infer<typeof Decision>;
