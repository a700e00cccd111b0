import { FACT_CURES, STEP_CURES, valueOf, withSettings, type Cure, type Party } from './cures.js';
import { decide } from './decide.js';
import type { Decision, Outcome } from './decision.js';
import type { FactPath, Facts } from './facts.js';
import type { Value } from './vocabulary.js';

/** A gap: a missing step or an unknown fact. */
export type Gap = Readonly<{ kind: 'step' | 'fact'; code: string }>;

/** One change that closes a gap: who makes it, which facts it sets (null takes one away), and the outcome by itself. */
export type Change = Readonly<{
  gap: Gap;
  by: Party;
  set: readonly Readonly<{ path: FactPath; to: Value | null }>[];
  alone: Outcome;
}>;

/** What would make a decision a permit: changes in order, whether together they do, and the gaps they leave. */
export type Outlook = Readonly<{ changes: readonly Change[]; permits: boolean; left: readonly Gap[] }>;

/** A request on its way to a permit: where it started, where it stands, and which cures may be used. */
type Round = {
  readonly start: Facts;
  readonly allowed: (cure: Cure) => boolean;
  facts: Facts;
  decision: Decision;
  readonly changes: Change[];
};

const gapsOf = ({ missing, unknown }: Decision): Gap[] => [
  ...missing.map((code) => ({ kind: 'step' as const, code })),
  ...unknown.map((code) => ({ kind: 'fact' as const, code })),
];

const curesOf = ({ kind, code }: Gap): readonly Cure[] =>
  (kind === 'step'
    ? (STEP_CURES as Readonly<Record<string, readonly Cure[]>>)[code]
    : (FACT_CURES as Readonly<Record<string, readonly Cure[]>>)[code]) ?? [];

const open = ({ outcome }: Decision): boolean => outcome === 'hold' || outcome === 'needs-info';
const closes = (gap: Gap, decision: Decision): boolean =>
  decision.outcome !== 'forbid' && decision.outcome !== 'escalate' && !gapsOf(decision).some(same(gap));
const same =
  (gap: Gap) =>
  (other: Gap): boolean =>
    gap.kind === other.kind && gap.code === other.code;

/** Closes one gap of a round with the first cure that does, if any. */
function close(round: Round, gap: Gap): void {
  for (const cure of curesOf(gap).filter(round.allowed)) {
    const facts = withSettings(round.facts, cure.set);
    const decision = decide(facts);
    if (!closes(gap, decision)) continue;
    const set = cure.set.map((setting) => ({ path: setting.path, to: valueOf(setting, facts.asOf) }));
    round.changes.push({ gap, by: cure.by, set, alone: decide(withSettings(round.start, cure.set)).outcome });
    round.facts = facts;
    round.decision = decision;
    return;
  }
}

/** Closes gap after gap, those that open on the way included, with the cures that are allowed. */
function follow(facts: Facts, decision: Decision, allowed: (cure: Cure) => boolean): Round {
  const round: Round = { start: facts, allowed, facts, decision, changes: [] };
  const tried = new Set<string>();
  while (open(round.decision)) {
    const gap = gapsOf(round.decision).find(({ kind, code }) => !tried.has(`${kind} ${code}`));
    if (!gap) break;
    tried.add(`${gap.kind} ${gap.code}`);
    close(round, gap);
  }
  return round;
}

/**
 * What would make a request a permit: for each missing step and unknown fact the change that closes it, including gaps
 * that open only then. A `forbid` or `escalate` has no such changes.
 */
export function whatWouldChange(facts: Facts, decision: Decision): Outlook {
  const { changes, decision: last } = follow(facts, decision, () => true);
  return { changes, permits: last.allowed, left: open(last) ? gapsOf(last) : [] };
}

const hers = ({ by }: Cure): boolean => by === 'subject';

/** The facts as they would be once the person has been told and has agreed to everything she is asked. */
export const asIfAgreed = (facts: Facts): Facts => follow(facts, decide(facts), hers).facts;

/**
 * Whether everything that keeps a decision from a permit can still be cured by asking the person: consents, notices,
 * her own identity. With the facts it also looks past the gaps in sight, at those that open once she has agreed; a
 * request that is not askable is refused before anyone is bothered.
 */
export function askable(decision: Decision, facts?: Facts): boolean {
  if (decision.allowed) return true;
  if (!open(decision)) return false;
  if (facts) return follow(facts, decision, hers).decision.allowed;
  return gapsOf(decision).every((gap) => curesOf(gap).some(hers));
}
