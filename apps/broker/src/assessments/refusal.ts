import type { Refusal } from '@bayway/contracts';
import { Jurisdiction } from '@bayway/domain';
import { ruleById, type Assessed, type Decision } from '@bayway/trust-rules';

const CODES = {
  forbid: 'request-not-lawful',
  hold: 'request-not-permitted-yet',
  escalate: 'request-needs-review',
  'needs-info': 'request-facts-missing',
} as const satisfies Record<Exclude<Decision['outcome'], 'permit'>, Refusal['code']>;

const EFFECTS = { forbid: 'forbid', hold: 'hold', escalate: 'escalate', 'needs-info': 'unknown' } as const;

/**
 * Why a request does not go on: the code of the outcome, the first rule that decided it, and every code that stands in
 * the way. Null for a permit.
 * @param me whose rules these are when the deciding rule belongs to no single jurisdiction, or none is in force
 */
export function refusalOf({ decision, findings }: Assessed, me: Jurisdiction): Refusal | null {
  if (decision.outcome === 'permit') return null;
  const against = findings.filter(({ effect }) => effect === EFFECTS[decision.outcome as keyof typeof EFFECTS]);
  // Where nothing is left to send, the rules that took the items out decide.
  const deciding = against.flatMap(({ rules }) => rules)[0] ?? decision.droppedItems[0]?.rule ?? null;
  const rule = deciding === null ? undefined : ruleById(deciding);
  return {
    code: CODES[decision.outcome],
    jurisdiction: jurisdictionOfRule(rule?.systems ?? [], me),
    rule: deciding,
    article: rule ? `${rule.instrument.en}, ${rule.article}`.slice(0, 200) : null,
    reasons: [...new Set(against.map(({ code }) => code))].slice(0, 40),
  };
}

function jurisdictionOfRule(systems: readonly string[], me: Jurisdiction): Jurisdiction {
  const named = systems.flatMap((system) => Jurisdiction.safeParse(system).data ?? []);
  return named.length === 1 && named[0] ? named[0] : me;
}
