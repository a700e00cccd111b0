import type { Rule } from './packs/pack.js';
import { PACKS } from './packs/packs.js';

/** Finds a rule by its id; throws a RangeError for a rule it does not have. */
export type Register = (id: string) => Rule;

/** Every rule of the register, in the order of the packs. */
export const RULES: readonly Rule[] = PACKS.flatMap(({ rules }) => rules);

const BY_ID = new Map(RULES.map((rule) => [rule.id, rule]));

/** The rule of that id, or undefined where the register has none. */
export const ruleById = (id: string): Rule | undefined => BY_ID.get(id);

/** A register of these rules, in any order. */
export function registerOf(rules: readonly Rule[]): Register {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return (id) => {
    const found = byId.get(id);
    if (!found) throw new RangeError(`no rule \`${id}\` in the register`);
    return found;
  };
}

/** The register of every pack. */
export const REGISTER = registerOf(RULES);

/** Whether a rule is in force on a day, first and last day included; never where it is not in operation. */
export const isInForce = ({ effectiveFrom, effectiveTo }: Rule, day: string): boolean =>
  effectiveFrom !== null && effectiveFrom <= day && (effectiveTo === null || day <= effectiveTo);
