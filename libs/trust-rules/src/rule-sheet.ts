import type { Effect } from './engine/ledger.js';
import { factsOf } from './engine/condition.js';
import { Channel, type FactPath } from './facts.js';
import type { Rule } from './packs/pack.js';
import { phrase } from './phrase.js';
import { PROGRAMME } from './provisions/programme.js';
import { RULES } from './registry.js';
import type { Condition, ItemTable, Section, Step, System } from './vocabulary.js';

/** One place where a rule works: what it applies to, under which conditions, and what it does there. */
export type RuleUse = Readonly<{
  section: string;
  channels: readonly Channel[];
  exporter?: readonly System[];
  importer?: readonly System[];
  /** Conditions that all hold there, in words. */
  when: readonly string[];
  /** Facts those conditions look at. */
  requires: readonly FactPath[];
  /** What the rule does: `cite` where it only applies. */
  effect: Effect | 'cite';
  /** The step, question, duty or reason of the effect. */
  code?: string;
}>;

/** A rule as an officer or a lawyer reads it: the register's entry, and every use the provisions make of it. */
export type RuleSheet = Rule & Readonly<{ uses: readonly RuleUse[] }>;

type Around = Readonly<{ section: Section; when: readonly Condition[] }>;
type Met = Readonly<{ rule: string; around: Around; effect: RuleUse['effect']; code?: string }>;

const inside = (around: Around, condition: Condition): Around => ({ ...around, when: [...around.when, condition] });

function* met(steps: readonly Step[], around: Around): Generator<Met> {
  for (const step of steps) {
    if ('when' in step) {
      yield* met(step.then, inside(around, step.when));
      yield* met(step.otherwise ?? [], inside(around, { not: step.when }));
    } else if ('must' in step) yield* met(step.otherwise, inside(around, { is: step.must, of: [false] }));
    else if ('block' in step) yield* met(step.steps, around);
    else if ('items' in step) yield* metByItems(step.items, around);
    else yield* metBy(step, around);
  }
}

function* metByItems({ lines }: ItemTable, around: Around): Generator<Met> {
  for (const { when, rules } of lines)
    for (const rule of rules) yield { rule, around: inside(around, when), effect: 'drop' };
}

function* metBy(step: Step, around: Around): Generator<Met> {
  if ('cite' in step) for (const rule of step.cite) yield { rule, around, effect: 'cite' };
  if ('oblige' in step && step.rule) yield { rule: step.rule, around, effect: 'obligation', code: step.oblige };
  const found = finding(step);
  if (found) for (const rule of found.rules) yield { rule, around, effect: found.effect, code: found.code };
}

function finding(step: Step): { effect: Effect; code: string; rules: readonly string[] } | undefined {
  if ('forbid' in step) return { effect: 'forbid', code: step.forbid, rules: [...step.rules, ...(step.under ?? [])] };
  if ('hold' in step) return { effect: 'hold', code: step.hold, rules: [...step.rules, ...(step.under ?? [])] };
  if ('escalate' in step)
    return { effect: 'escalate', code: step.escalate, rules: [...step.rules, ...(step.under ?? [])] };
  return undefined;
}

function useOf({ around: { section, when }, effect, code }: Met, channel: Channel): RuleUse {
  const { section: name, exporter, importer } = section;
  return {
    section: name,
    channels: [channel],
    ...(exporter ? { exporter } : {}),
    ...(importer ? { importer } : {}),
    when: [...new Set(when.filter((each) => !('all' in each && each.all.length === 0)).map(phrase))],
    requires: [...new Set(when.flatMap(factsOf))],
    effect,
    ...(code ? { code } : {}),
  };
}

/** Uses that differ in the channel only are one. */
function merged(uses: readonly RuleUse[]): RuleUse[] {
  const byRest = new Map<string, RuleUse>();
  for (const { channels, ...rest } of uses) {
    const key = JSON.stringify(rest);
    byRest.set(key, { ...rest, channels: [...(byRest.get(key)?.channels ?? []), ...channels] });
  }
  return [...byRest.values()];
}

/** The sheet of every rule, in the order of the packs. Read off the provisions, so that it cannot differ from them. */
export function ruleSheets(): RuleSheet[] {
  const uses = new Map<string, RuleUse[]>(RULES.map(({ id }) => [id, []]));
  for (const channel of Channel.options) {
    for (const section of PROGRAMME[channel])
      for (const each of met(section.steps, { section, when: [] })) uses.get(each.rule)?.push(useOf(each, channel));
  }
  return RULES.map((rule) => ({ ...rule, uses: merged(uses.get(rule.id) ?? []) }));
}
