import type { FactPath } from '../facts.js';
import type { Rule } from '../packs/pack.js';
import { isInForce, rule } from '../registry.js';
import type { Grounds, Step } from '../vocabulary.js';
import type { Case } from './case.js';
import { compileCondition, factsOf } from './condition.js';
import { compileItems } from './item-table.js';
import type { Effect } from './ledger.js';
import { dayReader, factReader, factsOfDay } from './read.js';

/** Steps made ready to be taken; true means that a `stop` was met and the innermost block ends. */
export type Run = (at: Case) => boolean;

type Kind<K extends PropertyKey> = Extract<Step, { [P in K]: unknown }>;
type Looked = readonly FactPath[];

/** Makes steps ready, in order. `looked` are the facts that the conditions around them look at. */
export function compileSteps(steps: readonly Step[], looked: Looked = []): Run {
  const runs = steps.map((step) => compileStep(step, looked));
  return (at) => {
    for (const run of runs) if (run(at)) return true;
    return false;
  };
}

function compileStep(step: Step, looked: Looked): Run {
  if ('when' in step) return branch(step, looked);
  if ('must' in step) return must(step, looked);
  if ('block' in step) {
    const run = compileSteps(step.steps, looked);
    return (at) => {
      run(at);
      return false;
    };
  }
  if ('stop' in step) return () => true;
  const act = action(step, looked);
  return (at) => {
    act(at);
    return false;
  };
}

const widen = (looked: Looked, more: readonly FactPath[]): Looked => [...new Set([...looked, ...more])];

function branch(step: Kind<'when'>, looked: Looked): Run {
  const test = compileCondition(step.when);
  const inner = widen(looked, factsOf(step.when));
  const then = compileSteps(step.then, inner);
  const otherwise = step.otherwise ? compileSteps(step.otherwise, inner) : undefined;
  return (at) => (test(at) ? then(at) : (otherwise?.(at) ?? false));
}

function must(step: Kind<'must'>, looked: Looked): Run {
  const read = factReader(step.must);
  const inner = widen(looked, [step.must]);
  const otherwise = compileSteps(step.otherwise, inner);
  return (at) => {
    const value = read(at.facts);
    if (value === false) return otherwise(at);
    if (value === undefined) at.ledger.find({ effect: 'unknown', code: step.must, rules: [], facts: inner });
    return false;
  };
}

type Act = (at: Case) => void;
type Action = Exclude<Step, Kind<'when'> | Kind<'must'> | Kind<'block'> | Kind<'stop'>>;

function action(step: Action, looked: Looked): Act {
  if ('cite' in step) {
    const inForce = citation(step.cite);
    return (at) => at.ledger.cite(inForce(at.asOf));
  }
  if ('oblige' in step) return obligation(step, looked);
  if ('items' in step) return compileItems(step.items, looked);
  if ('mark' in step) return (at) => at.marks.add(step.mark);
  return finding(step, looked);
}

type Found = Kind<'forbid'> | Kind<'hold'> | Kind<'escalate'> | Kind<'unknown'> | Kind<'advise'>;

function finding(step: Found, looked: Looked): Act {
  const none: Grounds = { rules: [] };
  const [effect, code, grounds] = ((): [Effect, string, Grounds] => {
    if ('forbid' in step) return ['forbid', step.forbid, step];
    if ('hold' in step) return ['hold', step.hold, step];
    if ('escalate' in step) return ['escalate', step.escalate, step];
    if ('unknown' in step) return ['unknown', step.unknown, none];
    return ['advisory', step.advise, none];
  })();
  const inForce = citation(grounds.rules);
  for (const id of grounds.under ?? []) rule(id);
  const facts = effect === 'unknown' ? widen(looked, [code as FactPath]) : looked;
  return (at) => at.ledger.find({ effect, code, rules: inForce(at.asOf), facts }, grounds.under);
}

function obligation(step: Kind<'oblige'>, looked: Looked): Act {
  const { oblige: code, unconditional, due } = step;
  const imposing = step.rule === undefined ? undefined : rule(step.rule);
  const day = typeof due === 'object' ? dayReader(due) : () => due;
  const facts = typeof due === 'object' ? widen(looked, factsOfDay(due)) : looked;
  return (at) => {
    const named = imposing && isInForce(imposing, at.asOf) ? imposing.id : undefined;
    if (imposing && !named && !unconditional) return;
    const on = day(at);
    at.ledger.oblige({ code, ...(on ? { due: on } : {}), ...(named ? { rule: named } : {}) }, facts);
  };
}

/** Of some rules, those in force on a day. */
export function citation(ids: readonly string[]): (day: string) => readonly string[] {
  const rules = ids.map(rule);
  return (day) => (rules.every((each) => isInForce(each, day)) ? ids : inForceOf(rules, day));
}

const inForceOf = (rules: readonly Rule[], day: string): string[] =>
  rules.filter((each) => isInForce(each, day)).map(({ id }) => id);
