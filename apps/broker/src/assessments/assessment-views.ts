import { AssessmentClaims, Stage } from '@bayway/contracts';
import { DataRequestId, Digest, FlowId, Instant, Signed } from '@bayway/domain';
import { z } from 'zod';

export const AssessmentId = z.uuid().brand<'AssessmentId'>();
export type AssessmentId = z.infer<typeof AssessmentId>;

/** Which assessments, a page at a time, the latest first. */
export const AssessmentsQuery = z.strictObject({
  flow: FlowId.optional(),
  /** A data request of either side: its assessment at the release. */
  request: DataRequestId.optional(),
  stage: Stage.optional(),
  outcome: AssessmentClaims.shape.outcome.optional(),
  after: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type AssessmentsQuery = z.infer<typeof AssessmentsQuery>;

/** An assessment as it was recorded, without its facts. */
export const AssessmentSummary = z.object({
  id: AssessmentId,
  stage: Stage,
  flowId: FlowId,
  requestDigest: Digest,
  outcome: AssessmentClaims.shape.outcome,
  proceeds: z.boolean(),
  factsDigest: Digest,
  pack: AssessmentClaims.shape.pack,
  madeAt: Instant,
});
export type AssessmentSummary = z.infer<typeof AssessmentSummary>;

export const AssessmentsPage = z.object({
  items: z.array(AssessmentSummary).max(100),
  next: z.string().max(100).nullable(),
});
export type AssessmentsPage = z.infer<typeof AssessmentsPage>;

/** Everything that is needed to decide again, offline too (`bayway replay`). */
export const AssessmentView = AssessmentSummary.extend({
  /** In the public format of the trust rules. They may say her birthday; never who she is. */
  facts: z.record(z.string().max(40), z.unknown()),
  assessment: Signed,
});
export type AssessmentView = z.infer<typeof AssessmentView>;

/** A recorded assessment, decided again over its recorded facts with today's rules. */
export const ReplayView = z.object({
  id: AssessmentId,
  /** What was decided then, and with which rules. */
  recorded: z.object({
    outcome: AssessmentClaims.shape.outcome,
    proceeds: z.boolean(),
    asOf: z.iso.date(),
    pack: AssessmentClaims.shape.pack,
  }),
  /** The broker's signature was valid when it was made. */
  signatureValid: z.boolean(),
  factsIntact: z.boolean(),
  sameRules: z.boolean(),
  /** The same claims come out, bit for bit; null when the rules are others by now. */
  reproduced: z.boolean().nullable(),
  /** The rules of today. */
  pack: AssessmentClaims.shape.pack,
  today: z.object({ outcome: AssessmentClaims.shape.outcome, proceeds: z.boolean() }).nullable(),
  differs: z.boolean(),
  differences: z.array(z.string().max(20)).max(10),
});
export type ReplayView = z.infer<typeof ReplayView>;
