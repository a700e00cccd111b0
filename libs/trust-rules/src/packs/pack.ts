import type { Language } from '@bayway/domain';
import { articleIn } from './articles.js';

/** A text in the four languages of the product; each is written, none converted. */
export type Text = Readonly<Record<Language, string>>;

/** How a rule stands: law, guidance, a scheme's own rule or a rule of the platform. */
export type RuleStatus =
  | 'in-force'
  | 'in-force-code'
  | 'in-force-scheme'
  | 'in-force-standard'
  | 'guidance'
  | 'operating'
  | 'trial'
  | 'ended'
  | 'renumbered'
  | 'replaced'
  | 'enacted-not-in-operation'
  | 'platform';

/** What a rule is about: any handling, data leaving or entering its system, both ways, or passing on. */
export type Direction = 'any' | 'outbound' | 'both' | 'onward' | 'northbound';

/**
 * One rule of the register. In force from `effectiveFrom` to `effectiveTo`, both included; without `effectiveFrom` it
 * is not in operation. `verification`: V read in full, S official excerpt, 2 secondary source, GK general knowledge to
 * be checked, design a rule of the platform.
 */
export type Rule = Readonly<{
  id: string;
  instrument: Text;
  article: string;
  articleText: Text;
  effectiveFrom: string | null;
  effectiveTo: string | null;
  status: RuleStatus;
  verification: string;
  systems: readonly string[];
  direction: Direction;
  supersededBy?: string;
  text: Text;
}>;

type Traits = Pick<Rule, 'effectiveFrom' | 'status' | 'verification' | 'systems' | 'direction'> & {
  effectiveTo?: string;
};

/** An instrument and its rules, as one file states them. */
export type Pack = Readonly<{ instrument: Text; rules: readonly Rule[] }>;

/**
 * States an instrument.
 * @param head its name and what holds for all its rules unless a rule says otherwise
 * @param rules by id: article, text and differences from the head
 */
export function pack(
  head: Traits & { instrument: Text },
  rules: Readonly<Record<string, Partial<Traits> & { article: string; text: Text; supersededBy?: string }>>,
): Pack {
  const { instrument, ...traits } = head;
  return {
    instrument,
    rules: Object.entries(rules).map(([id, rule]) => ({
      id,
      instrument,
      articleText: articleIn(rule.article),
      effectiveTo: null,
      ...traits,
      ...rule,
    })),
  };
}
