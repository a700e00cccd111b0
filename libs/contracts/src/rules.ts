import { Day, Language } from '@bayway/domain';
import { z } from 'zod';

/** The id of a rule, such as `CN.PIPL.38`. */
export const RuleId = z.string().regex(/^[A-Z][A-Za-z0-9.-]{1,39}$/, 'is not the id of a rule');
export type RuleId = z.infer<typeof RuleId>;

export const RulesQuery = z.strictObject({ language: Language });
export type RulesQuery = z.infer<typeof RulesQuery>;

/** A rule as the register states it, in one language. */
export const RuleLine = z.object({
  id: RuleId,
  article: z.string().max(200),
  text: z.string().max(1_000),
  /** Null: not in operation. */
  effectiveFrom: Day.nullable(),
  effectiveTo: Day.nullable(),
  /** Today, by the days above. */
  isInForce: z.boolean(),
  status: z.string().max(40),
  /** How it was checked against the law: V in full, S official excerpt, 2 secondary, GK not yet, design ours; and a remark. */
  verification: z.string().max(60),
  systems: z.array(z.string().max(20)).max(10),
  direction: z.string().max(20),
  supersededBy: RuleId.nullable(),
  /** How many places of the provisions rest on it, and how many of the cases that the rules are held to cite it. */
  provisions: z.int(),
  cases: z.object({ cited: z.int(), decided: z.int() }),
});
export type RuleLine = z.infer<typeof RuleLine>;

/** `GET /rules`: every instrument with its rules. */
export const RulesView = z.object({
  version: z.string().max(20),
  digest: z.string().max(100),
  /** How many cases the rules are held to. */
  cases: z.int(),
  instruments: z.array(z.object({ name: z.string().max(300), rules: z.array(RuleLine).max(500) })).max(200),
});
export type RulesView = z.infer<typeof RulesView>;

/** `GET /rules/:id`: one rule, what it does where, and the cases that exercise it. */
export const RuleView = RuleLine.extend({
  instrument: z.string().max(300),
  uses: z
    .array(
      z.object({
        effect: z.enum(['cite', 'hold', 'forbid', 'escalate', 'unknown', 'obligation', 'advisory', 'drop']),
        code: z.string().max(80).nullable(),
        /** What the effect comes to: the step, the duty, the reason or the question. */
        says: z.string().max(500).nullable(),
        channels: z.array(z.string().max(200)).max(20),
        section: z.string().max(100),
        /** Conditions that all hold there, in the words of the provisions. */
        when: z.array(z.string().max(1_000)).max(40),
      }),
    )
    .max(200),
  tests: z
    .array(
      z.object({
        id: z.string().max(20),
        /** In English: cases are the specification's. */
        title: z.string().max(400),
        outcome: z.string().max(20),
        decided: z.boolean(),
      }),
    )
    .max(1_000),
});
export type RuleView = z.infer<typeof RuleView>;
