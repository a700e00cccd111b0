import { assess, decide, prepare } from '../../src/decide.js';
import { addDays, addMonths, addWorkingDays, plus } from '../../src/engine/calendar.js';
import { PROGRAMME } from '../../src/provisions/programme.js';
import { isInForce, registerOf, ruleById, RULES } from '../../src/registry.js';
import { DAYS, MONTHS, SPANS, WORKING_DAYS } from '../calendar-examples.js';
import type { Known } from './known.js';

const wrong = (name: string, isRight: boolean): string[] => (isRight ? [] : [name]);

function* calendarFailures(): Generator<string> {
  for (const [from, months, to] of MONTHS) yield* wrong(`${from} months`, addMonths(from, months) === to);
  for (const [from, days, to] of DAYS) yield* wrong(`${from} days`, addDays(from, days) === to);
  for (const [from, n, calendar, to] of WORKING_DAYS)
    yield* wrong(`${from} working days`, addWorkingDays(from, n, calendar) === to);
  for (const [from, span, to] of SPANS) yield* wrong(`${from} span`, plus(from, span, {}) === to);
}

function* caseFailures(known: readonly Known[]): Generator<string> {
  for (const { id, facts, said } of known) {
    const { decision, findings } = assess(facts);
    yield* wrong(`case ${id}`, JSON.stringify({ decision, findings }) === said);
    yield* wrong(`case ${id} without findings`, JSON.stringify(decide(facts)) === JSON.stringify(decision));
  }
}

const ENDED = { effectiveFrom: '2020-01-01', effectiveTo: '2021-12-31' };

function* registerFailures(): Generator<string> {
  for (const rule of RULES.slice(0, 1).map((each) => ({ ...each, ...ENDED }))) {
    yield* wrong('its first and last day', isInForce(rule, '2020-01-01') && isInForce(rule, '2021-12-31'));
    yield* wrong('the day before and after', !isInForce(rule, '2019-12-31') && !isInForce(rule, '2022-01-01'));
  }
  yield* wrong('a rule that is not there', ruleById('none') === undefined);
  for (const { id } of RULES) {
    yield* wrong(`rule ${id}`, ruleById(id)?.id === id);
    const others = registerOf(RULES.filter((rule) => rule.id !== id));
    yield* wrong(`${id} is not missed`, id === 'HK.S33' || isRefused(() => prepare(PROGRAMME, others)));
  }
}

/** Whether making ready names the rule that is missing. */
function isRefused(work: () => unknown): boolean {
  try {
    work();
    return false;
  } catch (error) {
    return error instanceof RangeError && error.message.startsWith('no rule `');
  }
}

/** What a mutant of the engine does wrong: the first failure, or undefined if it does everything right. */
export function firstFailure(known: readonly Known[]): string | undefined {
  for (const failures of [calendarFailures(), caseFailures(known), registerFailures()])
    for (const failure of failures) return failure;
  return undefined;
}
