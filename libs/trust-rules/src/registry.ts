import type { Rule } from './packs/pack.js';
import { PACKS } from './packs/packs.js';

/** Every rule of the register, in the order of the packs. */
export const RULES: readonly Rule[] = PACKS.flatMap(({ rules }) => rules);

const BY_ID = new Map(RULES.map((rule) => [rule.id, rule]));

/** The rule of that id, or undefined where the register has none. */
export const ruleById = (id: string): Rule | undefined => BY_ID.get(id);

/** The rule of that id. Throws a RangeError where the register has none. */
export function rule(id: string): Rule {
  const found = BY_ID.get(id);
  if (!found) throw new RangeError(`no rule \`${id}\` in the register`);
  return found;
}

/** Whether a rule is in force on a day, first and last day included; never where it is not in operation. */
export const isInForce = ({ effectiveFrom, effectiveTo }: Rule, day: string): boolean =>
  effectiveFrom !== null && effectiveFrom <= day && (effectiveTo === null || day <= effectiveTo);
