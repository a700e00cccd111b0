import type { Place } from '@bayway/domain';
import type { FactPath } from '../facts.js';
import { within } from '../places.js';
import { isInForce, type Register } from '../registry.js';
import type { Condition, Value } from '../vocabulary.js';
import type { Case } from './case.js';
import { dayReader, factReader, factsOfDay, itemReader } from './read.js';

/** A condition made ready to be asked of a case. */
export type Test = (at: Case) => boolean;

type Kind<K extends PropertyKey> = Extract<Condition, { [P in K]: unknown }>;

/** Makes a condition ready. Throws a RangeError for a rule that the register does not have. */
export function compileCondition(condition: Condition, register: Register): Test {
  const ready = (inner: Condition): Test => compileCondition(inner, register);
  if ('all' in condition) return every(condition.all.map(ready));
  if ('any' in condition) return some(condition.any.map(ready));
  if ('not' in condition) {
    const test = ready(condition.not);
    return (at) => !test(at);
  }
  if ('day' in condition) return compare(condition);
  if ('kept' in condition) return keptTest(ready(condition.kept));
  if ('inForce' in condition) {
    const asked = register(condition.inForce);
    return (at) => isInForce(asked, at.asOf);
  }
  return factTest(condition);
}

const every =
  (tests: readonly Test[]): Test =>
  (at) => {
    for (const test of tests) if (!test(at)) return false;
    return true;
  };

const some =
  (tests: readonly Test[]): Test =>
  (at) => {
    for (const test of tests) if (test(at)) return true;
    return false;
  };

function compare(condition: Kind<'day'>): Test {
  const left = dayReader(condition.day);
  const strictly = 'before' in condition;
  const right = dayReader(strictly ? condition.before : condition.notAfter);
  return (at) => {
    const a = left(at);
    const b = right(at);
    if (a === undefined || b === undefined) return false;
    return strictly ? a < b : a <= b;
  };
}

function keptTest(test: Test): Test {
  return (at) => {
    const outer = at.item;
    try {
      for (const item of at.kept) {
        at.item = item;
        if (test(at)) return true;
      }
      return false;
    } finally {
      at.item = outer;
    }
  };
}

type Plain = Exclude<Condition, Kind<'all'> | Kind<'any'> | Kind<'not'> | Kind<'day'> | Kind<'kept'> | Kind<'inForce'>>;

function factTest(condition: Plain): Test {
  if ('is' in condition) {
    const read = factReader(condition.is);
    return oneOf((at) => read(at.facts), condition.of);
  }
  if ('item' in condition) {
    const read = itemReader(condition.item);
    return oneOf((at) => at.item && read(at.item), condition.of);
  }
  if ('place' in condition) return placeTest(condition);
  if ('same' in condition) {
    const [left, right] = condition.same.map(factReader) as [
      ReturnType<typeof factReader>,
      ReturnType<typeof factReader>,
    ];
    return (at) => left(at.facts) !== undefined && left(at.facts) === right(at.facts);
  }
  if ('atLeast' in condition) {
    const read = factReader(condition.atLeast);
    return (at) => Number(read(at.facts) ?? Number.NaN) >= condition.n;
  }
  return stateTest(condition);
}

function oneOf(read: (at: Case) => unknown, values: readonly Value[]): Test {
  const [only] = values;
  if (values.length === 1) return (at) => read(at) === only;
  return (at) => values.includes(read(at) as Value);
}

function placeTest(condition: Kind<'place'>): Test {
  const read = factReader(condition.place);
  const sets = condition.in.map(within);
  return (at) => {
    const place = read(at.facts) as Place | undefined;
    return place !== undefined && sets.some((inside) => inside(place));
  };
}

function stateTest(condition: Kind<'known'> | Kind<'group'> | Kind<'channel'> | Kind<'marked'>): Test {
  if ('known' in condition) {
    const read = factReader(condition.known);
    return (at) => read(at.facts) !== undefined;
  }
  if ('group' in condition) return (at) => at.facts[condition.group] !== undefined;
  if ('channel' in condition) return (at) => condition.channel.includes(at.facts.channel);
  return (at) => at.marks.has(condition.marked);
}

/** The facts a condition looks at. */
export function factsOf(condition: Condition): FactPath[] {
  if ('all' in condition) return condition.all.flatMap(factsOf);
  if ('any' in condition) return condition.any.flatMap(factsOf);
  if ('not' in condition) return factsOf(condition.not);
  if ('kept' in condition) return ['data.items'];
  if ('item' in condition) return ['data.items'];
  if ('day' in condition) {
    return [...factsOfDay(condition.day), ...factsOfDay('before' in condition ? condition.before : condition.notAfter)];
  }
  if ('same' in condition) return [...condition.same];
  if ('inForce' in condition) return [];
  return plainFacts(condition);
}

function plainFacts(condition: Exclude<Plain, Kind<'item'> | Kind<'same'>>): FactPath[] {
  if ('is' in condition) return [condition.is];
  if ('known' in condition) return [condition.known];
  if ('atLeast' in condition) return [condition.atLeast];
  return 'place' in condition ? [condition.place] : [];
}
