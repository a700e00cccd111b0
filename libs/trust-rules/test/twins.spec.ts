import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { decidingRules } from '../src/coverage.js';
import { assess, type Assessed } from '../src/decide.js';
import { RULES } from '../src/registry.js';
import { factsOf } from './cases.js';

/**
 * One line a rule: a case in which the rule decides and a twin, different in one fact, in which it does not. How it
 * decides: `forbid`, `escalate`, `hold`, `permit` by making the outcome; `drop` by refusing an item; `obligation` by a
 * duty.
 */
type Twins = Readonly<{
  rule: string;
  decides: 'forbid' | 'escalate' | 'hold' | 'permit' | 'drop' | 'obligation';
  from: string;
  change: readonly (readonly [string, unknown])[];
  twin: readonly [path: string, value: unknown];
}>;

const TWINS: readonly Twins[] = readFileSync(new URL('twins.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Twins);

/** Whether the rule decides in that way. */
function decides(assessed: Assessed, { rule, decides: how }: Twins): boolean {
  const { decision, findings } = assessed;
  if (how === 'drop') return findings.some(({ effect, rules }) => effect === 'drop' && rules.includes(rule));
  if (how === 'obligation') return findings.some(({ effect, rules }) => effect === 'obligation' && rules[0] === rule);
  return decision.outcome === how && decidingRules(assessed).includes(rule);
}

const bare = ({ decision: { because: _, ...rest } }: Assessed) => rest;

describe('every rule of the register', () => {
  it('has its case and twin, save the one that is not in operation', () => {
    const named = TWINS.map(({ rule }) => rule);
    expect(new Set(named).size).toBe(named.length);
    expect(RULES.map(({ id }) => id).filter((id) => !named.includes(id))).toEqual(['HK.S33']);
  });

  it.each(TWINS.map((each) => [each.rule, each.decides, each.twin[0], each] as const))(
    '%s decides (%s), and does not where %s differs',
    (rule, _how, _path, twins) => {
      const decided = assess(factsOf(twins));
      const other = assess(factsOf({ ...twins, change: [...twins.change, twins.twin] }));
      expect(decided.decision.because).toContain(rule);
      expect(decides(decided, twins)).toBe(true);
      expect(decides(other, twins)).toBe(false);
      expect(bare(other)).not.toEqual(bare(decided));
    },
  );

  it('that only takes an item out or attaches a duty does so under a law that is in force, whatever the outcome', () => {
    const aside = TWINS.filter(({ decides: how }) => how === 'drop' || how === 'obligation');
    expect(aside.length).toBeLessThan(TWINS.length / 3);
    for (const twins of aside) expect(assess(factsOf(twins)).decision.because).toContain(twins.rule);
  });
});
