import type { Assessed } from './decide.js';
import { assess } from './decide.js';
import type { Outcome } from './decision.js';
import type { Effect } from './engine/ledger.js';
import type { Facts } from './facts.js';
import { RULES } from './registry.js';

const DECIDES: Readonly<Record<Outcome, Effect | undefined>> = {
  forbid: 'forbid',
  escalate: 'escalate',
  hold: 'hold',
  'needs-info': 'unknown',
  permit: undefined,
};

/**
 * Of the rules that applied, those that made the outcome what it is: the rules behind what forbids, needs a person,
 * holds or is unknown; of a permit, the rules that were asked and satisfied, which is all that applied except those
 * that only attach a duty or take out an item.
 */
export function decidingRules({ decision, findings }: Assessed): string[] {
  const effect = DECIDES[decision.outcome];
  if (effect) return sorted(findings.filter((each) => each.effect === effect).flatMap(({ rules }) => rules));
  const aside = new Set(findings.flatMap(({ rules }) => rules));
  return sorted(decision.because.filter((id) => !aside.has(id)));
}

const sorted = (ids: readonly string[]): string[] => [...new Set(ids)].sort();

/** How often a rule was cited and how often it decided, over some requests, and with which outcomes it decided. */
export type RuleCoverage = Readonly<{
  rule: string;
  cited: number;
  decided: number;
  outcomes: Readonly<Partial<Record<Outcome, number>>>;
}>;

type Count = { cited: number; decided: number; outcomes: Partial<Record<Outcome, number>> };

/** Counts rules over requests, one at a time: the memory needed does not grow with the number of requests. */
export class CoverageCount {
  readonly #counts = new Map<string, Count>(RULES.map(({ id }) => [id, { cited: 0, decided: 0, outcomes: {} }]));
  #requests = 0;

  /** Decides a request and counts the rules that it cites and those that decide it. */
  add(facts: Facts): void {
    const assessed = assess(facts);
    const { outcome, because } = assessed.decision;
    this.#requests += 1;
    for (const id of because) this.#of(id).cited += 1;
    for (const id of decidingRules(assessed)) {
      const count = this.#of(id);
      count.decided += 1;
      count.outcomes[outcome] = (count.outcomes[outcome] ?? 0) + 1;
    }
  }

  #of(id: string): Count {
    const count = this.#counts.get(id);
    if (!count) throw new RangeError(`no rule \`${id}\` in the register`);
    return count;
  }

  /** How many requests were counted. */
  get requests(): number {
    return this.#requests;
  }

  /** Every rule of the register, those never cited included, in the order of the packs. */
  report(): RuleCoverage[] {
    return [...this.#counts].map(([rule, { cited, decided, outcomes }]) => ({ rule, cited, decided, outcomes }));
  }
}
