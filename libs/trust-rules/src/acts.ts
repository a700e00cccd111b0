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
import { AUTHORISED_MO, CONSENT_BASIS, MAINLAND_EXPORTER } from './provisions/terms.js';
import { REGISTER } from './registry.js';
import { all, any, at, inChannel, is, not, type Condition } from './vocabulary.js';

/** One separate act the law asks of the person: the rules that ask for it, and the facts it establishes. */
export type Act = Readonly<{
  kind: ActKind;
  rules: readonly string[];
  establishes: readonly FactPath[];
}>;

type Line = Readonly<{
  kind: ActKind;
  when: Condition;
  /** Rules of which one must be cited by the decision. */
  cited: readonly string[];
  rules: readonly string[];
  establishes: readonly FactPath[];
  /** The act is asked for only if the decision is worse without this fact. */
  unlessIdle?: FactPath;
}>;

const ON_MAINLAND_CONSENT = all(MAINLAND_EXPORTER, CONSENT_BASIS);
const FROM_MACAO = at('exporter.place', 'mo');
const FROM_HONG_KONG = any(
  all(inChannel('transfer'), at('exporter.place', 'hk')),
  all(inChannel('onward-transfer'), at('importer.place', 'hk')),
);

const LINES: readonly Line[] = [
  {
    kind: 'other-handler',
    when: ON_MAINLAND_CONSENT,
    cited: ['CN.PIPL.23'],
    rules: ['CN.PIPL.23'],
    establishes: ['consent.given', 'consent.separate'],
  },
  {
    kind: 'sensitive',
    when: ON_MAINLAND_CONSENT,
    cited: ['CN.PIPL.29'],
    rules: ['CN.PIPL.29', 'CN.PIPL.30'],
    establishes: ['consent.given', 'consent.separate'],
  },
  {
    kind: 'overseas',
    when: all(
      MAINLAND_EXPORTER,
      any(CONSENT_BASIS, all(is('policy.separateConsent', 'always'), not(is('basis.kind', 'emergency')))),
    ),
    cited: ['CN.PIPL.39'],
    rules: ['CN.PIPL.39'],
    establishes: ['consent.given', 'consent.separate'],
  },
  {
    kind: 'written',
    when: ON_MAINLAND_CONSENT,
    cited: ['CN.CRIR.18'],
    rules: ['CN.CRIR.18'],
    establishes: ['consent.given', 'consent.written'],
  },
  {
    kind: 'guardian',
    when: all(),
    cited: ['CN.PIPL.31'],
    rules: ['CN.PIPL.31'],
    establishes: ['consent.guardianGiven'],
  },
  {
    kind: 'direct-marketing',
    when: FROM_HONG_KONG,
    cited: ['HK.P6A.35J', 'HK.P6A.35K'],
    rules: ['HK.P6A.35J', 'HK.P6A.35K'],
    establishes: ['consent.directMarketingWritten'],
  },
  {
    kind: 'prescribed',
    when: all(FROM_HONG_KONG, CONSENT_BASIS),
    cited: ['HK.DPP3'],
    rules: ['HK.DPP3'],
    establishes: ['consent.given', 'consent.prescribed'],
  },
  {
    kind: 'prescribed',
    when: all(FROM_HONG_KONG, not(CONSENT_BASIS)),
    cited: ['HK.DPP3', 'HK.MCRA'],
    rules: ['HK.DPP3'],
    establishes: ['consent.prescribed'],
    unlessIdle: 'consent.prescribed',
  },
  {
    kind: 'explicit-transfer',
    when: all(FROM_MACAO, CONSENT_BASIS),
    cited: ['MO.20.1'],
    rules: ['MO.20.1'],
    establishes: ['consent.given', 'consent.explicit'],
  },
  {
    kind: 'mo-sensitive',
    when: all(FROM_MACAO, not(AUTHORISED_MO), not(is('basis.kind', 'legal-duty', 'public-task', 'emergency'))),
    cited: ['MO.7'],
    rules: ['MO.7'],
    establishes: ['consent.explicit'],
  },
];

/** The plain consent of a system, where nothing more specific is asked for. */
const PROVISION: readonly string[] = ['CN.PIPL.13', 'MO.6', 'CN.CSL16.42'];

function caseOf(facts: Facts): Case {
  return { facts, asOf: facts.asOf, marks: new Set(), ledger: new Ledger(), kept: [], item: undefined };
}

const TESTS = LINES.map((line) => ({ line, test: compileCondition(line.when, REGISTER) }));
const ON_CONSENT = compileCondition(CONSENT_BASIS, REGISTER);

/** Whether the decision is worse without a fact, all other agreement given. */
function isNeeded(path: FactPath, facts: Facts): boolean {
  const forbidden = decide(facts).outcome === 'forbid';
  return [null, false].some((to) => {
    const { unknown, missing, outcome } = decide(withSettings(facts, [{ path, to }]));
    return unknown.includes(path) || missing.includes('prescribed-consent') || (outcome === 'forbid' && !forbidden);
  });
}

/**
 * The separate acts that the law asks of the person for this request, never merged. They are read off the rules that
 * the decision cites once she has agreed to everything, so that they are complete before she has answered anything.
 * Where the basis is consent and nothing specific is asked for, a single `provision`; where no law asks, none.
 */
export function requiredActs(decision: Decision, facts: Facts): Act[] {
  const agreed = asIfAgreed(facts);
  const because = new Set([...decision.because, ...decide(agreed).because]);
  const at = caseOf(agreed);
  const acts = TESTS.filter(
    ({ line, test }) =>
      test(at) &&
      line.cited.some((rule) => because.has(rule)) &&
      (line.unlessIdle === undefined || isNeeded(line.unlessIdle, agreed)),
  ).map(({ line }): Act => {
    const { kind, establishes } = line;
    const cited = line.rules.filter((rule) => because.has(rule));
    return { kind, rules: cited.length > 0 ? cited : line.rules, establishes };
  });
  if (acts.length > 0 || !ON_CONSENT(at)) return acts;
  const [rule] = PROVISION.filter((id) => because.has(id));
  return rule ? [{ kind: 'provision', rules: [rule], establishes: ['consent.given'] }] : [];
}

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
