import type {
  Advisory,
  Decision,
  MissingStep,
  Obligation,
  ObligationCode,
  OpenQuestion,
  Outcome,
} from '../decision.js';
import type { FactPath } from '../facts.js';

/** What kind of finding. */
export type Effect = 'forbid' | 'escalate' | 'hold' | 'unknown' | 'obligation' | 'advisory' | 'drop';

/**
 * One finding: its code (a reason to forbid, a step, a question, a fact's path, a duty, an item's id), the rules in
 * force it rests on, and the facts that the conditions around it looked at.
 */
export type Finding = Readonly<{ effect: Effect; code: string; rules: readonly string[]; facts: readonly FactPath[] }>;

const sorted = <T extends string>(values: Iterable<T>): T[] => [...values].sort();

/** Collects findings and combines them: forbid over escalate over hold over needs-info over permit. */
export class Ledger {
  readonly #findings: { finding: Finding; under: readonly string[] }[] = [];
  readonly #because = new Set<string>();
  readonly #obligations = new Map<ObligationCode, Obligation>();
  readonly #dropped: { item: string; rule: string }[] = [];
  readonly #codes: Record<Effect, Set<string>> = {
    forbid: new Set(),
    escalate: new Set(),
    hold: new Set(),
    unknown: new Set(),
    obligation: new Set(),
    advisory: new Set(),
    drop: new Set(),
  };

  /** Cites rules that are in force. */
  cite(rules: readonly string[]): void {
    for (const rule of rules) this.#because.add(rule);
  }

  /** Notes a finding; `under` are rules that explain it if something cites them. */
  find(finding: Finding, under: readonly string[] = []): void {
    this.cite(finding.rules);
    this.#codes[finding.effect].add(finding.code);
    this.#findings.push({ finding, under });
  }

  /** Attaches a duty; the first rule that imposes it is named. */
  oblige(obligation: Obligation, facts: readonly FactPath[]): void {
    const { code, rule } = obligation;
    const present = this.#obligations.get(code);
    if (!present) this.#obligations.set(code, obligation);
    else if (!present.rule && rule) this.#obligations.set(code, { ...present, rule });
    this.find({ effect: 'obligation', code, rules: rule ? [rule] : [], facts });
  }

  /** Takes an item out of the request. */
  drop(item: string, rules: readonly string[], facts: readonly FactPath[]): void {
    const [rule] = rules;
    if (rule) this.#dropped.push({ item, rule });
    this.find({ effect: 'drop', code: item, rules, facts });
  }

  #outcome(): Outcome {
    if (this.#codes.forbid.size > 0) return 'forbid';
    if (this.#codes.escalate.size > 0) return 'escalate';
    if (this.#codes.hold.size > 0) return 'hold';
    return this.#codes.unknown.size > 0 ? 'needs-info' : 'permit';
  }

  /** The decision; arrays are sorted, so that equal findings give equal bytes whatever the order they came in. */
  decision(): Decision {
    const outcome = this.#outcome();
    return {
      outcome,
      allowed: outcome === 'permit',
      missing: outcome === 'hold' ? (sorted(this.#codes.hold) as MissingStep[]) : [],
      unknown: sorted(this.#codes.unknown),
      obligations: sorted(this.#obligations.keys()).map((code) => this.#obligations.get(code) ?? { code }),
      droppedItems: [...this.#dropped].sort((a, b) => (a.item < b.item ? -1 : 1)),
      because: sorted(this.#because),
      advisories: sorted(this.#codes.advisory) as Advisory[],
      unsettled: sorted(this.#codes.escalate) as OpenQuestion[],
    };
  }

  /** The findings in the order of evaluation, each explained by the rules that were cited. */
  findings(): Finding[] {
    return this.#findings.map(({ finding, under }) => {
      const rules = under.filter((rule) => this.#because.has(rule));
      return rules.length > 0 ? { ...finding, rules: [...new Set([...finding.rules, ...rules])] } : finding;
    });
  }
}
