import { randomUUID } from 'node:crypto';
import { signerOf, type AssessmentClaims, type Refusal } from '@bayway/contracts';
import type { Jurisdiction, RequiredAct } from '@bayway/domain';
import { epochSeconds } from '@bayway/envelope';
import { assess, decidedAt, type Assessed, type Facts } from '@bayway/trust-rules';
import { everythingAgreed } from './facts.js';
import { refusalOf } from './refusal.js';

/** What the decision is about and who decides. */
export type Question = Readonly<{ stage: 'ask' | 'release'; requestDigest: string; me: Jurisdiction; at: Date }>;

/** A decision ready to be signed. `refusal` is null exactly when the request proceeds. */
export type Judgement = Readonly<{ claims: AssessmentClaims; refusal: Refusal | null }>;

/**
 * Decides over a facts document and words the assessment. The same facts under the same rules give the same claims but
 * for `jti` and `iat`, so that anyone who holds the facts can decide again.
 * At stage `ask` a request proceeds with what the resident's own acts can still cure; at stage `release` only with a permit.
 */
export function judge(facts: Facts, { stage, requestDigest, me, at }: Question): Judgement {
  const assessed = assess(facts);
  const { decision } = assessed;
  const decided = decidedAt(stage, facts, decision);
  const claims: AssessmentClaims = {
    ...{ iss: signerOf(me, 'broker'), jti: randomUUID(), iat: epochSeconds(at), stage, requestDigest },
    ...decided,
  };
  const { proceeds } = decided;
  return { claims, refusal: proceeds ? null : refusalOf(stage === 'ask' ? obstacles(facts, assessed) : assessed, me) };
}

/** What stands in the way once she has agreed to everything: the part of a refusal that is not hers to cure. */
function obstacles(facts: Facts, assessed: Assessed): Assessed {
  const agreed = assess({ ...facts, ...everythingAgreed });
  return agreed.decision.allowed ? assessed : agreed;
}

/** The acts that either side's law asks for, each once, with the rules of both. */
export function unionOfActs(...lists: readonly (readonly RequiredAct[])[]): RequiredAct[] {
  const rules = new Map<RequiredAct['kind'], Set<string>>();
  for (const act of lists.flat()) rules.set(act.kind, new Set([...(rules.get(act.kind) ?? []), ...act.rules]));
  return [...rules].map(([kind, ids]) => ({ kind, rules: [...ids].slice(0, 10) }));
}
