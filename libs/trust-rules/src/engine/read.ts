import { CATEGORIES } from '../categories.js';
import { DEFAULTS, type FactPath, type Facts, type Item } from '../facts.js';
import type { Day, ItemTrait, Value } from '../vocabulary.js';
import { plus } from './calendar.js';
import type { Case } from './case.js';

type Read<T> = (at: Case) => T | undefined;

/** Reads a fact, with its default where absence has a meaning. */
export function factReader(path: FactPath): (facts: Facts) => unknown {
  const [group, field] = path.split('.') as [keyof Facts, string];
  const absent = DEFAULTS[path];
  return (facts) => (facts[group] as Record<string, unknown> | undefined)?.[field] ?? absent;
}

/** Reads what an item shows: its own members, or its class under the law of a place. */
export function itemReader(trait: ItemTrait): (item: Item) => Value | undefined {
  if (trait === 'sensitiveCn') return (item) => item.sensitive ?? CATEGORIES[item.category].sensitiveCn;
  if (trait === 'classMo') return (item) => CATEGORIES[item.category].classMo;
  return (item) => item[trait];
}

function base(day: Day): Read<string> {
  if ('asOf' in day) return (at) => at.asOf;
  if ('fact' in day) {
    const read = factReader(day.fact);
    return (at) => read(at.facts) as string | undefined;
  }
  const read = itemReader(day.item);
  return (at) => (at.item ? (read(at.item) as string | undefined) : undefined);
}

/** Reads a day; undefined where the event has not happened and nothing stands in for it. */
export function dayReader(day: Day): Read<string> {
  const read = base(day);
  const instead = day.orElse ? dayReader(day.orElse) : undefined;
  const span = day.plus;
  return (at) => {
    const found = read(at);
    if (found === undefined) return instead?.(at);
    return span ? plus(found, span, at.facts.calendar ?? {}) : found;
  };
}

/** The facts a day rests on. */
export const factsOfDay = (day: Day): FactPath[] => [
  ...('fact' in day ? [day.fact] : []),
  ...(day.orElse ? factsOfDay(day.orElse) : []),
];
