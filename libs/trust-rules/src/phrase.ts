import type { Condition, Day, Span } from './vocabulary.js';

/** Conditions of the vocabulary as a person reads them: for the officer's sheet of a rule, and for documents. */

type Kind<K extends PropertyKey> = Extract<Condition, { [P in K]: unknown }>;

const or = (values: readonly unknown[]): string => values.map(String).join(' or ');

const spanIn = (span: Span): string =>
  Object.entries(span)
    .map(([unit, n]) => `${n < 0 ? '−' : '+'} ${Math.abs(n)} ${unit === 'workingDays' ? 'working days' : unit}`)
    .join(' ');

function phraseDay(day: Day): string {
  const base = ((): string => {
    if ('asOf' in day) return 'asOf';
    return 'fact' in day ? day.fact : `item.${day.item}`;
  })();
  const moved = day.plus ? `${base} ${spanIn(day.plus)}` : base;
  return day.orElse ? `${moved} (absent: ${phraseDay(day.orElse)})` : moved;
}

const inner = (condition: Condition): string =>
  'all' in condition || 'any' in condition ? `(${phrase(condition)})` : phrase(condition);

function phraseFact(condition: Exclude<Condition, Kind<'all'> | Kind<'any'> | Kind<'not'> | Kind<'day'>>): string {
  if ('is' in condition) return `${condition.is} is ${or(condition.of)}`;
  if ('known' in condition) return `${condition.known} is known`;
  if ('item' in condition) return `item.${condition.item} is ${or(condition.of)}`;
  if ('place' in condition) return `${condition.place} in ${or(condition.in)}`;
  if ('atLeast' in condition) return `${condition.atLeast} ≥ ${condition.n}`;
  if ('same' in condition) return condition.same.join(' = ');
  return phraseState(condition);
}

function phraseState(
  condition: Kind<'group'> | Kind<'channel'> | Kind<'inForce'> | Kind<'marked'> | Kind<'kept'>,
): string {
  if ('group' in condition) return `${condition.group} is stated`;
  if ('channel' in condition) return `channel is ${or(condition.channel)}`;
  if ('inForce' in condition) return `${condition.inForce} is in force`;
  if ('marked' in condition) return condition.marked.replaceAll('-', ' ');
  return 'all' in condition.kept && condition.kept.all.length === 0
    ? 'an item is kept'
    : `a kept item has ${inner(condition.kept)}`;
}

/** A condition in words. */
export function phrase(condition: Condition): string {
  if ('all' in condition) return condition.all.length === 0 ? 'always' : condition.all.map(inner).join(' and ');
  if ('any' in condition) return condition.any.map(inner).join(' or ');
  if ('not' in condition) return `not ${inner(condition.not)}`;
  if ('day' in condition) {
    return 'before' in condition
      ? `${phraseDay(condition.day)} < ${phraseDay(condition.before)}`
      : `${phraseDay(condition.day)} ≤ ${phraseDay(condition.notAfter)}`;
  }
  return phraseFact(condition);
}
