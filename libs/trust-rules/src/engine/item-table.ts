import type { FactPath, Item } from '../facts.js';
import { isInForce, rule } from '../registry.js';
import type { ItemLine } from '../vocabulary.js';
import type { Case } from './case.js';
import { compileCondition, factsOf, type Test } from './condition.js';

type Line = Readonly<{ line: ItemLine; test: Test; facts: readonly FactPath[] }>;

/** Makes an item table ready: it takes refused items out of the request and says what follows. */
export function compileItems(lines: readonly ItemLine[], looked: readonly FactPath[]): (at: Case) => void {
  const ready = lines.map((line) => {
    line.rules.forEach(rule);
    return { line, test: compileCondition(line.when), facts: [...new Set([...looked, ...factsOf(line.when)])] };
  });
  return (at) => {
    const items = at.facts.data?.items ?? [];
    const refusals = items.map((item) => refusal(at, ready, item));
    at.item = undefined;
    at.kept = items.filter((_, index) => !refusals[index]);
    const first = refusals.find((line) => line !== undefined)?.line.rules[0];
    if (first === undefined) return;
    if (at.kept.length > 0) at.ledger.oblige({ code: 'minimum-items', rule: first }, ['data.items']);
    else at.ledger.find({ effect: 'forbid', code: 'nothing-left-to-send', rules: [], facts: ['data.items'] });
  };
}

/** The line that refuses an item: the first that fits, if it refuses and its first rule is in force. */
function refusal(at: Case, lines: readonly Line[], item: Item): Line | undefined {
  at.item = item;
  const fitting = lines.find(({ test }) => test(at));
  const [first, ...others] = fitting?.line.rules ?? [];
  if (!fitting || first === undefined || fitting.line.keep || !isInForce(rule(first), at.asOf)) return undefined;
  const cited = [first, ...others.filter((id) => isInForce(rule(id), at.asOf))];
  at.ledger.drop(item.id, cited, fitting.facts);
  if (fitting.line.stale) at.ledger.oblige({ code: 'tell-source-to-delete', rule: first }, fitting.facts);
  return fitting;
}
