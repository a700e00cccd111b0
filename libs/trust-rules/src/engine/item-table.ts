import { DataCategory } from '@bayway/domain';
import type { FactPath, Item } from '../facts.js';
import type { Rule } from '../packs/pack.js';
import { isInForce, type Register } from '../registry.js';
import type { Condition, ItemLine, ItemTable } from '../vocabulary.js';
import type { Case } from './case.js';
import { compileCondition, factsOf, type Test } from './condition.js';

type Line = Readonly<{ line: ItemLine; rules: readonly Rule[]; test: Test; facts: readonly FactPath[] }>;
type Lines = ReadonlyMap<DataCategory, readonly Line[]>;

/** Whether a condition can hold for an item of that category, as far as its form says. */
function canHold(condition: Condition, category: DataCategory): boolean {
  if ('all' in condition) return condition.all.every((each) => canHold(each, category));
  if ('any' in condition) return condition.any.some((each) => canHold(each, category));
  return !('item' in condition) || condition.item !== 'category' || condition.of.includes(category);
}

/** The lines that can concern each category, so that an item costs nothing for lines on other categories. */
const byCategory = (lines: readonly Line[]): Lines =>
  new Map(DataCategory.options.map((category) => [category, lines.filter(({ line }) => canHold(line.when, category))]));

/** Makes an item table ready: it takes refused items out of the request and says what follows. */
export function compileItems(table: ItemTable, register: Register, looked: readonly FactPath[]): (at: Case) => void {
  const ready = byCategory(
    table.lines.map((line) => ({
      line,
      rules: line.rules.map(register),
      test: compileCondition(line.when, register),
      facts: [...new Set([...looked, ...factsOf(line.when)])],
    })),
  );
  return (at) => {
    const items = at.facts.data?.items ?? [];
    const refusals = items.map((item) => refusal(at, ready.get(item.category) ?? [], item));
    at.item = undefined;
    at.kept = items.filter((_, index) => !refusals[index]);
    const first = refusals.find((line) => line !== undefined)?.line.rules[0];
    if (first === undefined) return;
    if (at.kept.length > 0) at.ledger.oblige({ code: table.some, rule: first }, ['data.items']);
    else at.ledger.find({ effect: 'forbid', code: table.every, rules: [], facts: ['data.items'] });
  };
}

/** The line that refuses an item: the first that fits, if it refuses and its first rule is in force. */
function refusal(at: Case, lines: readonly Line[], item: Item): Line | undefined {
  at.item = item;
  const fitting = lines.find(({ test }) => test(at));
  const [first] = fitting?.rules ?? [];
  if (!fitting || !first || fitting.line.keep || !isInForce(first, at.asOf)) return undefined;
  const cited = fitting.rules.filter((each) => isInForce(each, at.asOf)).map(({ id }) => id);
  at.ledger.drop(item.id, cited, fitting.facts);
  if (fitting.line.oblige) at.ledger.oblige({ code: fitting.line.oblige, rule: first.id }, fitting.facts);
  return fitting;
}
