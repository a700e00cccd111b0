import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@bayway/contracts';
import { ConsentState } from '@bayway/domain';
import fc from 'fast-check';
import { newConsent } from '../../test/rows.js';
import { activate, assertInForce, countUse, finishUses, NEXT, passTime, withdraw, type Change } from './consent.js';

const at = new Date('2026-11-22T08:00:00Z');
const later = (ms: number): Date => new Date(at.getTime() + ms);
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'accepted';
  } catch (error) {
    return (error as DomainError).code;
  }
};

describe('activate', () => {
  it('puts a pending consent in force', () => {
    expect(activate(newConsent({ state: 'pending', flowId: 'f' }), 'f', at)).toEqual({ state: 'given', givenAt: at });
  });
  it('changes nothing when told again', () => {
    expect(activate(newConsent({ state: 'given', flowId: 'f' }), 'f', at)).toBeNull();
  });
  it.each([
    ['refused', 'consent-not-given'],
    ['lapsed', 'consent-not-given'],
    ['withdrawn', 'consent-withdrawn'],
    ['expired', 'consent-expired'],
    ['used-up', 'consent-used-up'],
  ] as const)('does not bring back a consent that is %s', (state, code) => {
    expect(codeOf(() => activate(newConsent({ state, flowId: 'f' }), 'f', at))).toBe(code);
  });
  it('refuses another flow, even for a consent in force', () => {
    expect(codeOf(() => activate(newConsent({ state: 'given', flowId: 'f' }), 'g', at))).toBe('consent-mismatch');
  });
  it('refuses from the instant a click lapses, swept or not', () => {
    const consent = newConsent({ state: 'pending', flowId: 'f', lapsesAt: at });
    expect(codeOf(() => activate(consent, 'f', later(-1)))).toBe('accepted');
    expect(codeOf(() => activate(consent, 'f', at))).toBe('consent-not-given');
  });
  it('refuses after the last day', () => {
    const consent = newConsent({ state: 'pending', flowId: 'f', expiresAt: at, lapsesAt: later(1) });
    expect(codeOf(() => activate(consent, 'f', at))).toBe('consent-expired');
  });
});

describe('withdraw', () => {
  it.each(['pending', 'given', 'expired', 'used-up'] as const)('ends a consent that is %s', (state) => {
    expect(withdraw(newConsent({ state }), at)).toEqual({ state: 'withdrawn', endedAt: at });
  });
  it('says so when it was withdrawn before', () => {
    expect(codeOf(() => withdraw(newConsent({ state: 'withdrawn' }), at))).toBe('consent-already-withdrawn');
  });
  it.each(['refused', 'lapsed'] as const)('has nothing to take back of one that is %s', (state) => {
    expect(codeOf(() => withdraw(newConsent({ state }), at))).toBe('consent-not-given');
  });
});

describe('use', () => {
  it('is counted while the consent is in force', () => {
    expect(countUse(newConsent({ state: 'given', uses: 2, maxUses: 3 }), at)).toEqual({ uses: 3 });
  });
  it('is refused beyond what was allowed', () => {
    expect(codeOf(() => countUse(newConsent({ state: 'given', uses: 3, maxUses: 3 }), at))).toBe('consent-used-up');
  });
  it('is refused from the end of the last day on', () => {
    const consent = newConsent({ state: 'given', expiresAt: at });
    expect(codeOf(() => assertInForce(consent, later(-1)))).toBe('accepted');
    expect(codeOf(() => assertInForce(consent, at))).toBe('consent-expired');
  });
  it('is refused before the code was redeemed', () => {
    expect(codeOf(() => countUse(newConsent({ state: 'pending' }), at))).toBe('consent-not-given');
  });
  it('finishes the consent with the last release only', () => {
    const consent = newConsent({ state: 'given', uses: 3, maxUses: 3 });
    expect(finishUses(consent, 2, at)).toBeNull();
    expect(finishUses(consent, 3, at)).toEqual({ state: 'used-up', endedAt: at });
    expect(finishUses({ ...consent, state: 'withdrawn' }, 3, at)).toBeNull();
  });
});

describe('the states', () => {
  it('end without a way back to being in force', () => {
    const entries = ConsentState.options.filter((state) => NEXT[state].includes('given'));
    expect(entries).toEqual(['pending']);
    const reachable = (from: ConsentState): Set<ConsentState> =>
      new Set(NEXT[from].flatMap((next) => [next, ...reachable(next)]));
    for (const ended of ['refused', 'lapsed', 'withdrawn', 'expired', 'used-up'] as const)
      expect(reachable(ended).has('given')).toBe(false);
  });
});

type Model = { state: ConsentState; uses: number; released: number; everWithdrawn: boolean; now: number };
type Real = { row: ReturnType<typeof newConsent> };

/** Runs a rule as the service does: applies its change, or leaves the row as it is. */
const run = (real: Real, rule: () => Change | null): boolean => {
  try {
    const change = rule();
    if (change) real.row = { ...real.row, ...change };
    return true;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return false;
  }
};

const LAPSE = 600_000;
const EXPIRE = 3_600_000;
const MAX_USES = 3;

/** One command: what the model says must happen, against what the rules do. */
const command = (name: string, step: (m: Model, real: Real, now: Date) => void): fc.Command<Model, Real> => ({
  check: () => true,
  run: (m, real) => {
    step(m, real, later(m.now));
    expect(real.row.state).toBe(m.state);
    expect(real.row.uses).toBe(m.uses);
    if (m.everWithdrawn) expect(real.row.state).toBe('withdrawn');
  },
  toString: () => name,
});

const commands = [
  fc.constant(
    command('activate', (m, real, now) => {
      const may = m.state === 'given' || (m.state === 'pending' && m.now < LAPSE && m.now < EXPIRE);
      expect(run(real, () => activate(real.row, 'f', now))).toBe(may);
      if (may) m.state = 'given';
    }),
  ),
  fc.constant(
    command('withdraw', (m, real, now) => {
      const may = ['pending', 'given', 'expired', 'used-up'].includes(m.state);
      expect(run(real, () => withdraw(real.row, now))).toBe(may);
      if (may) Object.assign(m, { state: 'withdrawn', everWithdrawn: true });
    }),
  ),
  fc.constant(
    command('use', (m, real, now) => {
      const may = m.state === 'given' && m.now < EXPIRE && m.uses < MAX_USES;
      expect(run(real, () => countUse(real.row, now))).toBe(may);
      if (may) m.uses += 1;
    }),
  ),
  fc.constant(
    command('release', (m, real, now) => {
      m.released = Math.min(m.released + 1, m.uses);
      run(real, () => finishUses(real.row, m.released, now));
      if (m.state === 'given' && m.released === MAX_USES) m.state = 'used-up';
    }),
  ),
  fc.constant(
    command('sweep', (m, real, now) => {
      run(real, () => passTime(real.row, now));
      if (m.state === 'pending' && m.now >= LAPSE) m.state = 'lapsed';
      else if (m.state === 'given' && m.now >= EXPIRE) m.state = 'expired';
    }),
  ),
  // A clock that another machine reads may be fifteen minutes off, either way.
  fc.integer({ min: -900_000, max: 1_800_000 }).map((ms) =>
    command(`time ${ms}`, (m) => {
      m.now += ms;
    }),
  ),
];

describe('any order of what may happen', () => {
  it('never leads from withdrawn to in force, and never beyond the uses allowed', () => {
    fc.assert(
      fc.property(fc.commands(commands, { maxCommands: 60 }), (sequence) => {
        const row = newConsent({
          state: 'pending',
          flowId: 'f',
          maxUses: MAX_USES,
          lapsesAt: later(LAPSE),
          expiresAt: later(EXPIRE),
        });
        const model: Model = { state: 'pending', uses: 0, released: 0, everWithdrawn: false, now: 0 };
        fc.modelRun(() => ({ model, real: { row } }), sequence);
      }),
      { numRuns: 500 },
    );
  });
});
