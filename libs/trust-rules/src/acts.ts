import type { ActKind, Language } from '@bayway/domain';
import { decide } from './decide.js';
import type { Decision } from './decision.js';
import type { Case } from './engine/case.js';
import { compileCondition } from './engine/condition.js';
import { Ledger } from './engine/ledger.js';
import { citationsOf, type Citation } from './explain.js';
import type { FactPath, Facts } from './facts.js';
import { asIfAgreed } from './outlook.js';
import { withSettings } from './cures.js';
import { ACTS, PLAIN_CONSENT, type ActLine } from './provisions/acts.js';
import { REGISTER } from './registry.js';

/** One separate act the law asks of the person: the rules that ask for it, and the facts it establishes. */
export type Act = Readonly<{
  kind: ActKind;
  rules: readonly string[];
  establishes: readonly FactPath[];
}>;

function caseOf(facts: Facts): Case {
  return { facts, asOf: facts.asOf, marks: new Set(), ledger: new Ledger(), kept: [], item: undefined };
}

/** Whether the decision is worse without a fact, all other agreement given. */
function isNeeded(path: FactPath, facts: Facts): boolean {
  const forbidden = decide(facts).outcome === 'forbid';
  return [null, false].some((to) => {
    const { unknown, missing, outcome } = decide(withSettings(facts, [{ path, to }]));
    return unknown.includes(path) || missing.includes('prescribed-consent') || (outcome === 'forbid' && !forbidden);
  });
}

/** A request as if she had agreed to everything, and the rules cited before and after. */
export type Agreed = Readonly<{ facts: Facts; because: ReadonlySet<string> }>;

export function agreedTo(decision: Decision, facts: Facts): Agreed {
  const agreed = asIfAgreed(facts);
  return { facts: agreed, because: new Set([...decision.because, ...decide(agreed).because]) };
}

/**
 * Makes a table of acts ready.
 * @param plain when a single `provision` is asked for where no line asks for more, and by which rules
 */
export function prepareActs(lines: readonly ActLine[], plain: typeof PLAIN_CONSENT): (agreed: Agreed) => Act[] {
  const tests = lines.map((line) => ({ line, test: compileCondition(line.when, REGISTER) }));
  const onConsent = compileCondition(plain.when, REGISTER);
  return ({ facts, because }) => {
    const at = caseOf(facts);
    const asked = ({ cited, unlessIdle }: ActLine): boolean =>
      cited.some((rule) => because.has(rule)) && (unlessIdle === undefined || isNeeded(unlessIdle, facts));
    const acts = tests
      .filter(({ line, test }) => test(at) && asked(line))
      .map(({ line: { kind, rules, establishes } }): Act => {
        const cited = rules.filter((rule) => because.has(rule));
        return { kind, rules: cited.length > 0 ? cited : rules, establishes };
      });
    if (acts.length > 0 || !onConsent(at)) return acts;
    const [rule] = plain.cited.filter((id) => because.has(id));
    return rule ? [{ kind: 'provision', rules: [rule], establishes: ['consent.given'] }] : [];
  };
}

const actsOf = prepareActs(ACTS, PLAIN_CONSENT);

/**
 * The separate acts that the law asks of the person for this request, never merged. They are read off the rules that
 * the decision cites once she has agreed to everything, so that they are complete before she has answered anything.
 * Where the basis is consent and nothing specific is asked for, a single `provision`; where no law asks, none.
 */
export const requiredActs = (decision: Decision, facts: Facts): Act[] => actsOf(agreedTo(decision, facts));

/** Instrument, article and text of the rules behind an act, in one language. */
export const articlesOf = (act: Act, language: Language): Citation[] => citationsOf(act.rules, language);

/**
 * The consent facts that follow from which acts the person agreed to: a fact is true when every required act that
 * establishes it was agreed to, and false otherwise. Facts that no act establishes are left out.
 */
export function factsOfActs(required: readonly Act[], agreed: readonly ActKind[]): Readonly<Record<string, boolean>> {
  const facts: Record<string, boolean> = {};
  for (const { kind, establishes } of required) {
    for (const path of establishes) facts[path] = (facts[path] ?? true) && agreed.includes(kind);
  }
  return facts;
}
