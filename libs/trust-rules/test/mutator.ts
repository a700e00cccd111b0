import { addDays } from '../src/engine/calendar.js';
import type { Rule } from '../src/packs/pack.js';
import { ACTS, PLAIN_CONSENT, type ActLine } from '../src/provisions/acts.js';
import { PROGRAMME } from '../src/provisions/programme.js';
import { RULES } from '../src/registry.js';
import type { Programme } from '../src/vocabulary.js';

/** The law with one thing wrong: what was changed, and the law that results. */
export type Mutant = Readonly<{ name: string; programme: Programme; rules: readonly Rule[]; acts: ActTable }>;

/** The acts a person is asked for. */
export type ActTable = Readonly<{ lines: readonly ActLine[]; plain: typeof PLAIN_CONSENT }>;
export const ACT_TABLE: ActTable = { lines: ACTS, plain: PLAIN_CONSENT };

type Node = Readonly<Record<string, unknown>>;
type Edit = Readonly<{ what: string; at: object; to: unknown }>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every object and array of the provisions once, however often it is used. */
function partsOf(root: unknown, seen = new Set<object>()): Set<object> {
  if (typeof root !== 'object' || root === null || seen.has(root)) return seen;
  seen.add(root);
  for (const value of Object.values(root)) partsOf(value, seen);
  return seen;
}

/** The tree with one part replaced wherever it is used; what does not contain the part stays the same object. */
function replaced(root: unknown, edit: Edit, done = new Map<object, unknown>()): unknown {
  if (typeof root !== 'object' || root === null) return root;
  if (root === edit.at) return edit.to;
  if (done.has(root)) return done.get(root);
  const entries = Object.entries(root).map(([key, value]) => [key, replaced(value, edit, done)] as const);
  const same = entries.every(([key, value]) => value === (root as Node)[key]);
  const copy = Array.isArray(root) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
  done.set(root, same ? root : copy);
  return same ? root : copy;
}

const shown = (value: unknown): string => {
  const text = JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 157)}...` : text;
};

const without = (list: readonly unknown[], index: number): unknown[] => list.filter((_, at) => at !== index);

/** Drops each member of a list of steps, conditions, values, places or rules; an empty list would mean something else. */
function drops(list: readonly unknown[]): Edit[] {
  return list.map((member, index) => ({ what: `drop ${shown(member)}`, at: list, to: without(list, index) }));
}

const flip = (at: Node, change: Node): Edit => ({ what: `${shown(at)} becomes ${shown(change)}`, at, to: change });

function effects(step: Node): Edit[] {
  const { rules, under } = step;
  const grounds = { rules, ...(under === undefined ? {} : { under }) };
  if ('forbid' in step) return [flip(step, { escalate: 'authority-pair', ...grounds })];
  if ('escalate' in step) return [flip(step, { forbid: 'scheme-not-started', ...grounds })];
  if ('hold' in step) return [flip(step, { forbid: 'scheme-not-started', ...grounds })];
  if ('unconditional' in step) return [flip(step, { oblige: step.oblige, rule: step.rule })];
  return [];
}

const OPPOSITES: Readonly<Record<string, string>> = { before: 'notAfter', notAfter: 'before' };

function conditions(node: Node): Edit[] {
  if ('when' in node && ('then' in node || 'rules' in node)) return [flip(node, { ...node, when: { not: node.when } })];
  if ('not' in node) return [{ what: `no longer not ${shown(node.not)}`, at: node, to: node.not }];
  if ('atLeast' in node) return [-1, 1].map((by) => flip(node, { ...node, n: Number(node.n) + by }));
  if ('kept' in node) return [flip(node, { kept: { not: node.kept } })];
  if ('day' in node) {
    const [key = ''] = Object.keys(OPPOSITES).filter((each) => each in node);
    return [flip(node, { day: node.day, [OPPOSITES[key] ?? '']: node[key] })];
  }
  return [];
}

/** Spans of the provisions, one unit off. */
function times(node: Node): Edit[] {
  if (isNode(node.plus)) {
    const entries = Object.entries(node.plus as Record<string, number>);
    return entries.flatMap(([unit, n]) => [-1, 1].map((by) => flip(node, { ...node, plus: { [unit]: n + by } })));
  }
  if (typeof node.due === 'string') return [flip(node, { ...node, due: 'P1D' })];
  return [];
}

const NAMES_ONLY = new Set(['under', 'section', 'block']);

function editsOf(part: object): Edit[] {
  if (!isNode(part)) return [];
  const lists = Object.entries(part).filter(([key, value]) => Array.isArray(value) && !NAMES_ONLY.has(key));
  return [
    ...lists.flatMap(([key, value]) => (key === 'same' ? [] : drops(value as unknown[]))),
    ...effects(part),
    ...conditions(part),
    ...times(part),
  ];
}

/** Every mutant of the provisions: a step, condition, value or rule dropped, an effect flipped, a threshold or day moved. */
function* mutantsOfProvisions(): Generator<Mutant> {
  for (const { name, edit } of namedEdits(PROGRAMME))
    yield { ...LAW, name, programme: replaced(PROGRAMME, edit) as Programme };
}

/** Every mutant of the acts: a condition, rule or established fact dropped, a condition negated. */
function* mutantsOfActs(): Generator<Mutant> {
  for (const { name, edit } of namedEdits(ACT_TABLE))
    yield { ...LAW, name: `acts: ${name}`, acts: replaced(ACT_TABLE, edit) as ActTable };
}

const LAW: Omit<Mutant, 'name'> = { programme: PROGRAMME, rules: RULES, acts: ACT_TABLE };

function* namedEdits(root: object): Generator<Readonly<{ name: string; edit: Edit }>> {
  const named = new Map<string, number>();
  for (const part of partsOf(root)) {
    for (const edit of editsOf(part)) {
      const nth = (named.get(edit.what) ?? 0) + 1;
      named.set(edit.what, nth);
      yield { name: nth === 1 ? edit.what : `${edit.what} (${nth})`, edit };
    }
  }
}

type Edge = 'effectiveFrom' | 'effectiveTo';

const moved = (name: string, edge: Edge, day: string, concerned: ReadonlySet<Rule>): Mutant => ({
  ...LAW,
  name: `${name} ${edge} becomes ${day}`,
  rules: RULES.map((rule) => (concerned.has(rule) ? { ...rule, [edge]: day } : rule)),
});

/** The rules that share a first or last day of their instrument: a pack states such a day once. */
function* daysOfInstruments(): Generator<Readonly<{ name: string; edge: Edge; day: string; rules: Set<Rule> }>> {
  for (const edge of ['effectiveFrom', 'effectiveTo'] as const) {
    const stated = new Map<string, Set<Rule>>();
    for (const rule of RULES.filter((each) => each[edge] !== null)) {
      const key = `${rule.instrument.en} ${rule[edge]}`;
      stated.set(key, (stated.get(key) ?? new Set()).add(rule));
    }
    for (const [name, rules] of stated) {
      const [first] = rules;
      if (first) yield { name, edge, day: first[edge] ?? '', rules };
    }
  }
}

/**
 * Every mutant of the register: a day that an instrument states moved by one day, either way; and a single rule that
 * comes into force a day after the rest of its instrument.
 */
function* mutantsOfDates(): Generator<Mutant> {
  for (const { name, edge, day, rules } of daysOfInstruments()) {
    for (const by of [-1, 1]) yield moved(name, edge, addDays(day, by), rules);
    if (edge === 'effectiveFrom' && rules.size > 1)
      for (const rule of rules) yield moved(rule.id, edge, addDays(day, 1), new Set([rule]));
  }
}

/** Every mutant there is. */
export const allMutants = (): Mutant[] => [...mutantsOfProvisions(), ...mutantsOfDates(), ...mutantsOfActs()];
