import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@bayway/contracts';
import { ConsentState, isInForce } from '@bayway/domain';
import { newConsent } from '../../test/rows.js';
import {
  activate,
  assertInForce,
  countUse,
  endBy,
  finishUses,
  NEXT,
  passTime,
  pause,
  resume,
  withdraw,
} from './consent.js';

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

describe('renewal', () => {
  it('puts a consent in force that takes the place of an earlier one', () => {
    const consent = newConsent({ state: 'pending', flowId: 'f', renews: 'earlier' });
    expect(activate(consent, 'f', at)).toEqual({ state: 'renewed', givenAt: at });
    expect(activate({ ...consent, state: 'renewed' }, 'f', at)).toBeNull();
  });
});

describe('a pause', () => {
  it('stops a consent in force, and ends where it began', () => {
    expect(pause(newConsent({ state: 'given' }), at)).toEqual({ state: 'paused' });
    expect(resume(newConsent({ state: 'paused' }), at)).toEqual({ state: 'given' });
    expect(resume(newConsent({ state: 'paused', renews: 'earlier' }), at)).toEqual({ state: 'renewed' });
  });
  it('lets nothing be used', () => {
    expect(codeOf(() => countUse(newConsent({ state: 'paused' }), at))).toBe('consent-paused');
  });
  it.each([
    ['pending', 'consent-not-given'],
    ['paused', 'consent-paused'],
    ['withdrawn', 'consent-withdrawn'],
    ['terminated', 'consent-terminated'],
    ['invalidated', 'consent-invalidated'],
  ] as const)('is not for a consent that is %s', (state, code) => {
    expect(codeOf(() => pause(newConsent({ state }), at))).toBe(code);
  });
  it.each([
    ['given', 'consent-not-paused'],
    ['withdrawn', 'consent-withdrawn'],
    ['expired', 'consent-expired'],
    ['terminated', 'consent-terminated'],
  ] as const)('is not lifted from a consent that is %s', (state, code) => {
    expect(codeOf(() => resume(newConsent({ state }), at))).toBe(code);
  });
  it('does not move the last day', () => {
    const paused = newConsent({ state: 'paused', expiresAt: at });
    expect(codeOf(() => resume(paused, at))).toBe('consent-expired');
    expect(passTime(paused, at)).toEqual({ state: 'expired', endedAt: at });
  });
});

describe('an end by others', () => {
  it.each(['given', 'renewed', 'paused'] as const)('is possible for one that is %s', (state) => {
    for (const ended of ['terminated', 'invalidated'] as const)
      expect(endBy(newConsent({ state }), ended, at)).toEqual({ state: ended, endedAt: at });
  });
  it.each(['pending', 'refused', 'lapsed', 'withdrawn', 'expired', 'used-up', 'terminated', 'invalidated'] as const)(
    'is refused for one that is %s',
    (state) => expect(codeOf(() => endBy(newConsent({ state }), 'terminated', at))).not.toBe('accepted'),
  );
  it('leaves her the withdrawal of what a party ended, not of what was never valid', () => {
    expect(withdraw(newConsent({ state: 'terminated' }), at)).toEqual({ state: 'withdrawn', endedAt: at });
    expect(codeOf(() => withdraw(newConsent({ state: 'invalidated' }), at))).toBe('consent-invalidated');
  });
});

describe('use', () => {
  it('is refused beyond what a period allows', () => {
    const frequency = { uses: 2, per: 'month' as const };
    expect(countUse(newConsent(), at, { frequency, used: 1 })).toEqual({ uses: 1 });
    expect(codeOf(() => countUse(newConsent(), at, { frequency, used: 2 }))).toBe('consent-frequency-exceeded');
  });
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
  const reachable = (from: ConsentState, seen = new Set<ConsentState>()): Set<ConsentState> => {
    for (const next of NEXT[from].filter((state) => !seen.has(state))) reachable(next, seen.add(next));
    return seen;
  };

  it('end without a way back to being in force', () => {
    const entries = ConsentState.options.filter((state) => NEXT[state].some((next) => next === 'given'));
    expect(entries).toEqual(['pending', 'paused']);
    for (const ended of ['refused', 'lapsed', 'withdrawn', 'expired', 'used-up', 'terminated', 'invalidated'] as const)
      expect([...reachable(ended)].filter((state) => isInForce(state) || state === 'paused')).toEqual([]);
  });

  it('are all reached from an ask', () => {
    expect([...reachable('requested'), 'requested'].sort()).toEqual([...ConsentState.options].sort());
  });
});
