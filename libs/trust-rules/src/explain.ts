import type { Language } from '@bayway/domain';
import type { Decision } from './decision.js';
import type { Effect, Finding } from './engine/ledger.js';
import type { FactPath } from './facts.js';
import { ADVISORIES, OUTCOMES, STEPS } from './glosses/outcomes.js';
import { FACT_QUESTIONS } from './glosses/facts.js';
import { FORBID_SENTENCES } from './glosses/forbid-reasons.js';
import { OBLIGATIONS } from './glosses/obligations.js';
import { QUESTIONS } from './glosses/questions.js';
import { SENTENCES, SPANS } from './glosses/sentences.js';
import { groundsOf } from './grounds.js';
import type { Text } from './packs/pack.js';
import { ruleById } from './registry.js';

/** A rule as an officer reads it, in one language. */
export type Citation = Readonly<{
  rule: string;
  instrument: string;
  article: string;
  text: string;
  verification: string;
}>;

/** One reason: a plain sentence for the resident, and the rules and facts behind it for the officer. */
export type Reason = Readonly<{
  effect: Effect;
  code: string;
  sentence: string;
  citations: readonly Citation[];
  facts: readonly FactPath[];
}>;

/** Why a decision is as it is, in one language. */
export type Explanation = Readonly<{ outcome: string; reasons: readonly Reason[]; applied: readonly Citation[] }>;

/** A rule with instrument and article in a language. Rules that today's register does not have are left out. */
export function citationsOf(rules: readonly string[], language: Language): Citation[] {
  return rules.flatMap((id) => {
    const rule = ruleById(id);
    if (!rule) return [];
    return {
      rule: id,
      instrument: rule.instrument[language],
      article: rule.articleText[language],
      text: rule.text[language],
      verification: rule.verification,
    };
  });
}

type Said = Pick<Finding, 'effect' | 'code' | 'rules' | 'facts'> & { due?: string | undefined };

const gloss = (table: object, code: string, language: Language): string =>
  (table as Readonly<Record<string, Text>>)[code]?.[language] ?? code;

const unended = (text: string): string => text.replace(/[.。]$/, '');

const duty = (due: string | undefined): 'obligation' | 'dueObligation' | 'termObligation' => {
  if (!due) return 'obligation';
  return due.startsWith('P') ? 'termObligation' : 'dueObligation';
};

/** A day as it stands; an ISO 8601 duration in words. */
function termIn(due: string, language: Language): string {
  const [, count, unit] = /^P([0-9]+)([DMY])$/.exec(due) ?? [];
  return count && unit ? gloss(SPANS, unit, language).replace('{}', count) : due;
}

const say = (key: keyof typeof SENTENCES, language: Language, value = ''): string =>
  SENTENCES[key][language].replace('{}', value);

const SAY: Readonly<Record<Effect, (said: Said, language: Language) => string>> = {
  forbid: ({ code }, language) =>
    code === 'forbid' ? say('forbid', language) : gloss(FORBID_SENTENCES, code, language),
  escalate: ({ code }, language) => say('escalate', language, gloss(QUESTIONS, code, language)),
  hold: ({ code }, language) => say('hold', language, gloss(STEPS, code, language)),
  unknown: ({ code }, language) => say('unknown', language, gloss(FACT_QUESTIONS, code, language)),
  obligation: ({ code, due }, language) =>
    say(duty(due), language, gloss(OBLIGATIONS, code, language)).replace('{due}', termIn(due ?? '', language)),
  advisory: ({ code }, language) => say('advisory', language, gloss(ADVISORIES, code, language)),
  drop: ({ code, rules: [rule = ''] }, language) =>
    say('drop', language, code).replace('{why}', unended(ruleById(rule)?.text[language] ?? '')),
};

/** What a bare decision lets us say: its codes, each with those of its possible grounds that were cited. */
function saidBy(decision: Decision): Said[] {
  const cited = (effect: Effect, code: string): string[] =>
    decision.because.filter((rule) => groundsOf(effect, code).has(rule));
  const coded = (effect: Effect, codes: readonly string[]): Said[] =>
    codes.map((code) => ({ effect, code, rules: cited(effect, code), facts: [] }));
  return [
    ...coded('forbid', decision.outcome === 'forbid' ? ['forbid'] : []),
    ...coded('escalate', decision.unsettled),
    ...coded('hold', decision.missing),
    ...coded('unknown', decision.unknown),
    ...decision.droppedItems.map(({ item, rule }): Said => ({ effect: 'drop', code: item, rules: [rule], facts: [] })),
    ...decision.obligations.map(({ code, rule, due }): Said => {
      return { effect: 'obligation', code, rules: rule ? [rule] : [], facts: [], due };
    }),
    ...coded('advisory', decision.advisories),
  ];
}

const ORDER: readonly Effect[] = ['forbid', 'escalate', 'hold', 'unknown', 'drop', 'obligation', 'advisory'];

/** Findings, each code once, with the due day of its duty, gravest first. */
function saidOf(decision: Decision, findings: readonly Finding[]): Said[] {
  const once = new Map(findings.toReversed().map((finding) => [`${finding.effect} ${finding.code}`, finding]));
  const due = (code: string): string | undefined => decision.obligations.find((each) => each.code === code)?.due;
  return [...once.values()]
    .toReversed()
    .sort((a, b) => ORDER.indexOf(a.effect) - ORDER.indexOf(b.effect))
    .map((finding) => ({ ...finding, due: finding.effect === 'obligation' ? due(finding.code) : undefined }));
}

/**
 * Says why a decision is as it is: a sentence per reason, the rule, article and instrument behind each, and every rule
 * that applied.
 * @param findings of `assess`: with them the reason of a `forbid` and the facts looked at are named too
 */
export function explain(decision: Decision, language: Language, findings?: readonly Finding[]): Explanation {
  const said = findings ? saidOf(decision, findings) : saidBy(decision);
  const shown = said.filter(({ effect }) => effect !== 'hold' || decision.outcome === 'hold');
  return {
    outcome: OUTCOMES[decision.outcome][language],
    reasons: shown.map((each) => ({
      effect: each.effect,
      code: each.code,
      sentence: SAY[each.effect](each, language),
      citations: citationsOf(each.rules, language),
      facts: each.facts,
    })),
    applied: citationsOf(decision.because, language),
  };
}
