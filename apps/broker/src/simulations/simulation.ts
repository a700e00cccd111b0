import { AssessmentClaims, DomainError } from '@bayway/contracts';
import { DataRequestId, Language } from '@bayway/domain';
import { Decision, Facts } from '@bayway/trust-rules';
import { z } from 'zod';
import { AssessmentId } from '../assessments/assessment-views.js';

/** A what-if is decided many times over: it may name as many items as a real request. */
const MAX_ITEMS = 100;
const Simulated = Facts.refine(({ data }) => (data?.items?.length ?? 0) <= MAX_ITEMS, {
  path: ['data', 'items'],
  message: `at most ${MAX_ITEMS} items`,
});

/**
 * A what-if: a facts document, or the recorded facts of a real request; and what is changed in them (JSON merge patch,
 * RFC 7396: null takes a fact away).
 */
export const Simulate = z
  .strictObject({
    facts: Simulated.optional(),
    /** A recorded assessment of this broker. */
    assessment: AssessmentId.optional(),
    /** A data request that this broker took in, of either side: its facts at the release. */
    request: DataRequestId.optional(),
    change: z.record(z.string().max(40), z.unknown()).optional(),
    language: Language.default('en'),
  })
  .superRefine(({ facts, assessment, request }, context) => {
    const given = [facts, assessment, request].filter((each) => each !== undefined).length;
    if (given !== 1)
      context.addIssue({ code: 'custom', path: [], message: 'needs one of `facts`, `assessment`, `request`' });
  });
export type Simulate = z.infer<typeof Simulate>;

const text = z.string().max(4_000);
const path = z.string().max(60);

const Citation = z.object({
  rule: z.string().max(40),
  instrument: text,
  article: text,
  text,
  verification: z.string().max(20),
});

const Gap = z.object({ kind: z.enum(['step', 'fact']), code: path });

/** What the rules say, why, and what would make it a permit. Nothing of it is stored. */
export const SimulationView = z.object({
  decision: Decision,
  explanation: z.object({
    outcome: text,
    reasons: z
      .array(
        z.object({
          effect: z.enum(['forbid', 'escalate', 'hold', 'unknown', 'obligation', 'advisory', 'drop']),
          code: path,
          sentence: text,
          citations: z.array(Citation).max(100),
          facts: z.array(path).max(200),
        }),
      )
      .max(500),
    applied: z.array(Citation).max(200),
  }),
  outlook: z.object({
    changes: z
      .array(
        z.object({
          gap: Gap,
          by: z.string().max(40),
          set: z
            .array(z.object({ path, to: z.union([z.string().max(100), z.number(), z.boolean()]).nullable() }))
            .max(20),
          alone: Decision.shape.outcome,
        }),
      )
      .max(200),
    permits: z.boolean(),
    left: z.array(Gap).max(200),
  }),
  /** Where the working days of the filing side came from. */
  calendar: z.enum(['given', 'filled', 'not-needed']),
  pack: AssessmentClaims.shape.pack,
});
export type SimulationView = z.infer<typeof SimulationView>;

/**
 * Facts as they are to be decided over.
 * @param at where they stand in the body
 * @throws DomainError `request-invalid`, with a pointer to each fault
 */
export function factsFrom(document: unknown, at: 'facts' | 'change'): Facts {
  const facts = Simulated.safeParse(document);
  if (facts.success) return facts.data;
  const errors = facts.error.issues.slice(0, 20).map(({ path: where, message }) => ({
    pointer: `#/${[at, ...where].map(String).join('/')}`,
    detail: message.charAt(0).toLowerCase() + message.slice(1),
  }));
  throw new DomainError('request-invalid', { errors });
}
