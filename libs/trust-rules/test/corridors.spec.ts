import { describe, expect, it } from '@jest/globals';
import { decideMode, reachOfCorridors } from '../src/corridors.js';
import { Facts } from '../src/facts.js';

const REACH = reachOfCorridors();
const reachable = REACH.filter(({ facts }) => facts !== null);
const cell = (from: string, to: string, mode: string, outcome: string) =>
  REACH.find((each) => each.from === from && each.to === to && each.mode === mode && each.outcome === outcome);

describe('the corridors', () => {
  it('are six, in three modes and with four outcomes each', () => {
    expect(REACH).toHaveLength(6 * 3 * 4);
  });

  it.each(reachable.map((each) => [`${each.from} to ${each.to}: ${each.mode}: ${each.outcome}`, each] as const))(
    '%s by facts of the public format',
    (_name, { facts, mode, outcome }) => {
      const read = Facts.parse(facts);
      expect(decideMode(read, mode).decision.outcome).toBe(outcome);
    },
  );

  it('all let an ordinary request pass, in every mode', () => {
    const permits = REACH.filter(({ outcome }) => outcome === 'permit');
    expect(permits.filter(({ differences }) => differences.length > 0)).toEqual([]);
    expect(permits.filter(({ facts }) => facts === null)).toEqual([]);
  });

  it('say why an outcome cannot come about exactly where it cannot', () => {
    for (const { facts, why } of REACH) expect(facts === null).toBe(why !== null);
  });

  it('decide an answer as the transfer of what it says', () => {
    for (const { from, to, outcome, differences } of REACH.filter(({ mode }) => mode === 'answer'))
      expect(differences).toEqual(cell(from, to, 'transfer', outcome)?.differences);
  });

  it('forbid to compare where content would cross, whatever the pair', () => {
    for (const { outcome, facts } of REACH.filter(({ mode }) => mode === 'verify'))
      if (outcome === 'forbid') expect(facts).not.toBeNull();
  });
});
