import type { FactPath } from '../facts.js';
import type { Rule } from '../packs/pack.js';
import { isInForce, type Register } from '../registry.js';
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

/** Where steps stand: the register that knows their rules, and the facts that the conditions around them look at. */
type Around = Readonly<{ register: Register; looked: Looked }>;

/** Makes steps ready, in order. Throws a RangeError for a rule that the register does not have. */
export function compileSteps(steps: readonly Step[], around: Around): Run {
  const runs = steps.map((step) => compileStep(step, around));
  return (at) => {
    for (const run of runs) if (run(at)) return true;
    return false;
  };
}

function compileStep(step: Step, around: Around): Run {
  if ('when' in step) return branch(step, around);
  if ('must' in step) return must(step, around);
  if ('block' in step) {
    const run = compileSteps(step.steps, around);
    return (at) => {
      run(at);
      return false;
    };
  }
  if ('stop' in step) return () => true;
  const act = action(step, around);
  return (at) => {
    act(at);
    return false;
  };
}

const widen = (looked: Looked, more: readonly FactPath[]): Looked => [...new Set([...looked, ...more])];

function branch(step: Kind<'when'>, { register, looked }: Around): Run {
  const test = compileCondition(step.when, register);
  const inner = { register, looked: widen(looked, factsOf(step.when)) };
  const then = compileSteps(step.then, inner);
  const otherwise = step.otherwise ? compileSteps(step.otherwise, inner) : undefined;
  return (at) => (test(at) ? then(at) : (otherwise?.(at) ?? false));
}

function must(step: Kind<'must'>, { register, looked }: Around): Run {
  const read = factReader(step.must);
  const facts = widen(looked, [step.must]);
  const otherwise = compileSteps(step.otherwise, { register, looked: facts });
  const under = groundsIn(step.otherwise);
  return (at) => {
    const value = read(at.facts);
    if (value === false) return otherwise(at);
    if (value === undefined) at.ledger.find({ effect: 'unknown', code: step.must, rules: [], facts }, under);
    return false;
  };
}

/** The rules for whose sake a fact must be known: those the steps on its falsity rest on. */
const groundsIn = (steps: readonly Step[]): string[] => [
  ...new Set(
    steps.flatMap((step) => ('hold' in step || 'forbid' in step ? [...step.rules, ...(step.under ?? [])] : [])),
  ),
];

type Act = (at: Case) => void;
type Action = Exclude<Step, Kind<'when'> | Kind<'must'> | Kind<'block'> | Kind<'stop'>>;

function action(step: Action, around: Around): Act {
  if ('cite' in step) {
    const inForce = citation(step.cite, around.register);
    return (at) => at.ledger.cite(inForce(at.asOf));
  }
  if ('oblige' in step) return obligation(step, around);
  if ('items' in step) return compileItems(step.items, around.register, around.looked);
  if ('mark' in step) return (at) => at.marks.add(step.mark);
  return finding(step, around);
}

type Found = Kind<'forbid'> | Kind<'hold'> | Kind<'escalate'> | Kind<'unknown'> | Kind<'advise'>;

function finding(step: Found, { register, looked }: Around): Act {
  const none: Grounds = { rules: [] };
  const [effect, code, grounds] = ((): [Effect, string, Grounds] => {
    if ('forbid' in step) return ['forbid', step.forbid, step];
    if ('hold' in step) return ['hold', step.hold, step];
    if ('escalate' in step) return ['escalate', step.escalate, step];
    if ('unknown' in step) return ['unknown', step.unknown, none];
    return ['advisory', step.advise, none];
  })();
  const inForce = citation(grounds.rules, register);
  for (const id of grounds.under ?? []) register(id);
  const facts = effect === 'unknown' ? widen(looked, [code as FactPath]) : looked;
  return (at) => at.ledger.find({ effect, code, rules: inForce(at.asOf), facts }, grounds.under);
}

function obligation(step: Kind<'oblige'>, { register, looked }: Around): Act {
  const { oblige: code, unconditional, due } = step;
  const imposing = step.rule === undefined ? undefined : register(step.rule);
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
function citation(ids: readonly string[], register: Register): (day: string) => readonly string[] {
  const rules = ids.map(register);
  return (day) => (rules.every((each) => isInForce(each, day)) ? ids : inForceOf(rules, day));
}

const inForceOf = (rules: readonly Rule[], day: string): string[] =>
  rules.filter((each) => isInForce(each, day)).map(({ id }) => id);
