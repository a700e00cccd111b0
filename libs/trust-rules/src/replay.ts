import { requiredActs } from './acts.js';
import { decide } from './decide.js';
import type { Decision } from './decision.js';
import { digestOf } from './digest.js';
import { Facts } from './facts.js';
import { askable } from './outlook.js';
import { packs } from './pack-digest.js';

/** What the rules say about a request at a stage: all that an assessment claims of a decision. */
export type Decided = Readonly<
  Pick<Decision, 'outcome' | 'missing' | 'unknown' | 'because' | 'droppedItems' | 'obligations'> & {
    proceeds: boolean;
    acts: readonly { kind: string; rules: readonly string[] }[];
    factsDigest: string;
    pack: { version: string; digest: string };
    asOf: string;
  }
>;

/**
 * What an assessment says of a decision over facts. At stage `ask` a request proceeds with what the person's own acts
 * can still cure; at stage `release` only with a permit.
 */
export function decidedAt(stage: 'ask' | 'release', facts: Facts, decision = decide(facts)) {
  const { outcome, missing, unknown, because, droppedItems, obligations } = decision;
  return {
    outcome,
    proceeds: stage === 'ask' ? askable(decision, facts) : decision.allowed,
    ...{ missing, unknown, because, droppedItems, obligations },
    acts: requiredActs(decision, facts).map(({ kind, rules }) => ({ kind, rules: [...rules] })),
    factsDigest: digestOf(facts),
    pack: { version: packs.version, digest: packs.digest },
    asOf: facts.asOf,
  };
}

const DECIDING = [
  ...(['outcome', 'proceeds', 'missing', 'unknown', 'because', 'droppedItems', 'obligations'] as const),
  'acts',
] as const satisfies readonly (keyof Decided)[];

/** A recorded assessment decided again. */
export type Replay = Readonly<{
  /** The recorded facts are those that the assessment names. */
  factsIntact: boolean;
  /** The rules of then are those of today. */
  sameRules: boolean;
  /** Under the same rules: the same claims come out, bit for bit (RFC 8785). Null under others. */
  reproduced: boolean | null;
  /** What today's rules say about those facts; null when they do not take such facts any more. */
  today: Pick<Decided, 'outcome' | 'proceeds'> | null;
  /** Today's rules would decide differently: these claims would be others. */
  differs: boolean;
  differences: ((typeof DECIDING)[number] | 'facts')[];
}>;

/**
 * Decides again over recorded facts, as of their own day, with today's rules.
 * @param recorded the facts document as it was kept
 * @param claims of the assessment: what was decided, and whatever else was signed with it
 */
export function replay(recorded: unknown, claims: Decided & Readonly<{ stage: 'ask' | 'release' }>): Replay {
  const factsIntact = digestOf(recorded) === claims.factsDigest;
  const sameRules = claims.pack.digest === packs.digest;
  const facts = Facts.safeParse(recorded);
  if (!facts.success)
    return { factsIntact, sameRules, reproduced: null, today: null, differs: true, differences: ['facts'] };
  const again = decidedAt(claims.stage, facts.data);
  const differences = DECIDING.filter((member) => digestOf(again[member]) !== digestOf(claims[member]));
  return {
    ...{ factsIntact, sameRules, differences },
    reproduced: sameRules ? digestOf({ ...claims, ...again }) === digestOf(claims) : null,
    today: { outcome: again.outcome, proceeds: again.proceeds },
    differs: differences.length > 0,
  };
}
