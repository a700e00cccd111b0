import type { CategoryClass } from './categories.js';
import type { Advisory, MissingStep, ObligationCode, OpenQuestion } from './decision.js';
import type { Channel, FactAt, FactPath, Item } from './facts.js';
import type { ForbidReason } from './forbid-reasons.js';

/**
 * The closed vocabulary in which provisions of law are written. Everything here is plain JSON; the engine gives it
 * meaning and knows no law of its own. Every condition on an absent fact without a default is false.
 */

/** A place named by its code. */
export type PlaceCode = `CN-${number}` | 'SG';

/** A named set of places, or one place. `elsewhere` is neither Mainland, Hong Kong nor Macao. */
export type PlaceSet = 'mainland' | 'hk' | 'mo' | 'elsewhere' | 'nine-cities' | 'guangdong' | PlaceCode;

/** A place as the law counts systems: the Mainland, Hong Kong, Macao, or another. */
export type System = 'cn' | 'hk' | 'mo' | 'other';

/** A span to add to a day: by the calendar, or in working days of the calendar in the facts. */
export type Span = Readonly<{ days?: number; months?: number; years?: number; workingDays?: number }>;

/** A day: `asOf`, a date among the facts or of the item at hand, perhaps plus a span, perhaps with a substitute. */
export type Day = Readonly<
  ({ asOf: true } | { fact: FactPath } | { item: keyof Item }) & { plus?: Span; orElse?: Day }
>;

export type Value = string | number | boolean;

/** What an item shows: its own members, or its class under a law (`CATEGORIES`, unless the item overrides it). */
export type ItemTrait = keyof Item | keyof CategoryClass;

/** Notes that one provision leaves for later ones within the same decision. */
export type Mark =
  'contract-valid' | 'contract-void' | 'contract-undetermined' | 'inside-area' | 'exempt' | 'assessment-serves';

export type Condition =
  | Readonly<{ is: FactPath; of: readonly Value[] }>
  | Readonly<{ known: FactPath }>
  | Readonly<{ group: 'onward' }>
  | Readonly<{ same: readonly [FactPath, FactPath] }>
  | Readonly<{ atLeast: FactPath; n: number }>
  | Readonly<{ place: FactPath; in: readonly PlaceSet[] }>
  | Readonly<{ day: Day; before: Day }>
  | Readonly<{ day: Day; notAfter: Day }>
  | Readonly<{ channel: readonly Channel[] }>
  | Readonly<{ item: ItemTrait; of: readonly Value[] }>
  | Readonly<{ kept: Condition }>
  | Readonly<{ inForce: string }>
  | Readonly<{ marked: Mark }>
  | Readonly<{ all: readonly Condition[] }>
  | Readonly<{ any: readonly Condition[] }>
  | Readonly<{ not: Condition }>;

/** Rules a finding names; they are cited where in force. `under` rules are named only if something else cites them. */
export type Grounds = Readonly<{ rules: readonly string[]; under?: readonly string[] }>;

/**
 * A line of the item table. The first rule decides: where it is not in force, or `keep` is set, the item stays. `oblige`
 * is the duty that a refusal by this line attaches.
 */
export type ItemLine = Readonly<{ when: Condition; rules: readonly string[]; oblige?: ObligationCode; keep?: true }>;

/** An item table: each item takes the first line that fits. What follows when some items, or all, are refused. */
export type ItemTable = Readonly<{ lines: readonly ItemLine[]; some: ObligationCode; every: ForbidReason }>;

/**
 * One step of a provision. `must` passes on true, takes the steps on false and asks on absence. `stop` ends the
 * innermost block. An obligation with a rule is attached only while that rule is in force, unless it is `unconditional`:
 * then it is attached without a rule.
 */
export type Step =
  | Readonly<{ cite: readonly string[] }>
  | (Readonly<{ forbid: ForbidReason }> & Grounds)
  | (Readonly<{ hold: MissingStep }> & Grounds)
  | (Readonly<{ escalate: OpenQuestion }> & Grounds)
  | Readonly<{ unknown: FactPath }>
  | Readonly<{ oblige: ObligationCode; rule?: string; unconditional?: true; due?: string | Day }>
  | Readonly<{ advise: Advisory }>
  | Readonly<{ mark: Mark }>
  | Readonly<{ must: FactPath; otherwise: readonly Step[] }>
  | Readonly<{ when: Condition; then: readonly Step[]; otherwise?: readonly Step[] }>
  | Readonly<{ block: string; steps: readonly Step[] }>
  | Readonly<{ stop: true }>
  | Readonly<{ items: ItemTable }>;

/** A section of the order of evaluation, looked at only for the legal systems it names. */
export type Section = Readonly<{
  section: string;
  exporter?: readonly System[];
  importer?: readonly System[];
  steps: readonly Step[];
}>;

/** The sections of each channel, in order. */
export type Programme = Readonly<Record<Channel, readonly Section[]>>;

// Conditions

/** The fact has one of the values (its default counts). */
export const is = <P extends FactPath>(path: P, ...of: FactAt<P>[] & Value[]): Condition => ({ is: path, of });
export const known = (path: FactPath): Condition => ({ known: path });
export const atLeast = (path: FactPath, n: number): Condition => ({ atLeast: path, n });
export const at = (path: FactPath, ...places: PlaceSet[]): Condition => ({ place: path, in: places });
export const all = (...conditions: Condition[]): Condition => ({ all: conditions });
export const any = (...conditions: Condition[]): Condition => ({ any: conditions });
export const not = (condition: Condition): Condition => ({ not: condition });
export const marked = (mark: Mark): Condition => ({ marked: mark });
export const inForce = (rule: string): Condition => ({ inForce: rule });
export const inChannel = (...channels: Channel[]): Condition => ({ channel: channels });
export const before = (day: Day, limit: Day): Condition => ({ day, before: limit });
export const notAfter = (day: Day, limit: Day): Condition => ({ day, notAfter: limit });

/** The event has happened: its date is present and not later than `asOf`. */
export const done = (path: FactPath): Condition => notAfter({ fact: path }, asOf);
/** Some kept item meets the condition; without a condition, some item is kept. */
export const kept = (condition: Condition = all()): Condition => ({ kept: condition });
/** The item at hand shows one of the values. */
export const item = (trait: ItemTrait, ...of: Value[]): Condition => ({ item: trait, of });

// Days

export const asOf: Day = { asOf: true };
export const fact = (path: FactPath, plus?: Span): Day => (plus ? { fact: path, plus } : { fact: path });

// Steps

export const cite = (...rules: string[]): Step => ({ cite: rules });
export const forbid = (reason: ForbidReason, ...rules: string[]): Step => ({ forbid: reason, rules });
export const hold = (code: MissingStep, ...rules: string[]): Step => ({ hold: code, rules });
/** A hold that names no rule of its own; it explains itself by those of the listed rules that are cited anyway. */
export const holdUnder = (code: MissingStep, ...under: string[]): Step => ({ hold: code, rules: [], under });
export const escalate = (question: OpenQuestion, ...rules: string[]): Step => ({ escalate: question, rules });
export const unknown = (path: FactPath): Step => ({ unknown: path });
export const oblige = (code: ObligationCode, rule?: string, due?: string | Day): Step => ({
  oblige: code,
  ...(rule ? { rule } : {}),
  ...(due ? { due } : {}),
});
/** An obligation that rests on the rule while it is in force and stands without a rule otherwise. */
export const obligeAnyway = (code: ObligationCode, rule: string): Step => ({ oblige: code, rule, unconditional: true });
export const advise = (code: Advisory): Step => ({ advise: code });
export const mark = (name: Mark): Step => ({ mark: name });
export const must = (path: FactPath, ...otherwise: Step[]): Step => ({ must: path, otherwise });
export const when = (condition: Condition, then: Step | readonly Step[], otherwise?: Step | readonly Step[]): Step => ({
  when: condition,
  then: list(then),
  ...(otherwise ? { otherwise: list(otherwise) } : {}),
});
export const block = (name: string, ...steps: Step[]): Step => ({ block: name, steps });
export const stop: Step = { stop: true };

/** A branch of `choose`. */
export type Branch = readonly [Condition, Step | readonly Step[]];
/** Takes the first branch whose condition holds; nothing where none does. */
export const choose = (...branches: Branch[]): Step => {
  const [[condition, then], ...rest] = branches as [Branch, ...Branch[]];
  return when(condition, then, rest.length > 0 ? choose(...rest) : undefined);
};

const isList = (steps: Step | readonly Step[]): steps is readonly Step[] => Array.isArray(steps);
const list = (steps: Step | readonly Step[]): readonly Step[] => (isList(steps) ? steps : [steps]);
