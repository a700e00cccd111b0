import type { Effect } from './engine/ledger.js';
import { PROGRAMME } from './provisions/programme.js';
import type { Step } from './vocabulary.js';
import { stepsOfProgramme } from './walk.js';

const named = (step: Step): readonly [Effect, string, readonly string[]] | undefined => {
  if ('forbid' in step) return ['forbid', 'forbid', [...step.rules, ...(step.under ?? [])]];
  if ('hold' in step) return ['hold', step.hold, [...step.rules, ...(step.under ?? [])]];
  if ('escalate' in step) return ['escalate', step.escalate, [...step.rules, ...(step.under ?? [])]];
  return undefined;
};

const GROUNDS = new Map<string, Set<string>>();
for (const step of stepsOfProgramme(PROGRAMME)) {
  const [effect, code, rules] = named(step) ?? [];
  if (effect === undefined || code === undefined || rules === undefined) continue;
  const known = GROUNDS.get(`${effect} ${code}`) ?? new Set();
  for (const rule of rules) known.add(rule);
  GROUNDS.set(`${effect} ${code}`, known);
}

/** The rules a finding of that code can rest on; `forbid` for any reason to forbid. */
export const groundsOf = (effect: Effect, code: string): ReadonlySet<string> =>
  GROUNDS.get(`${effect} ${code}`) ?? new Set();
