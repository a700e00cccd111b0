import { endOfBayDay } from '@bayway/domain';
import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@bayway/contracts';
import fc from 'fast-check';
import { assertGuarded, covers, expiryOf, fourteenthBirthday, lastGuardedDay } from './representation.js';

const at = (day: string): Date => new Date(`${day}T04:00:00Z`);
const guarded = (bornOn: string | undefined, day: string): string => {
  try {
    assertGuarded({ kind: 'person', ...(bornOn ? { bornOn } : {}) } as never, at(day));
    return 'guarded';
  } catch (error) {
    return (error as DomainError).code;
  }
};

describe('the fourteenth birthday', () => {
  it.each([
    ['2012-11-24', '2026-11-24', '2026-11-23'],
    ['2012-02-29', '2026-02-28', '2026-02-27'],
    ['2014-02-28', '2028-02-28', '2028-02-27'],
    ['2012-01-01', '2026-01-01', '2025-12-31'],
  ])('of one born on %s is %s, and the day before the last under a guardian', (born, birthday, last) => {
    expect(fourteenthBirthday(born)).toBe(birthday);
    expect(lastGuardedDay(born)).toBe(last);
    expect(guarded(born, last)).toBe('guarded');
    expect(guarded(born, birthday)).toBe('subject-of-age');
  });

  it('is at midnight of the Bay', () => {
    const midnight = endOfBayDay('2026-11-23');
    const facts = { kind: 'person' as const, bornOn: '2012-11-24' };
    expect(() => assertGuarded(facts, new Date(midnight.getTime() - 1))).not.toThrow();
    expect(() => assertGuarded(facts, midnight)).toThrow(DomainError);
  });

  it('of one whose birth is unknown has passed: an unknown fact never becomes a yes', () => {
    expect(guarded(undefined, '2026-11-24')).toBe('subject-of-age');
  });
});

describe('a consent given by a guardian', () => {
  const born = { kind: 'person' as const, bornOn: '2012-12-24' };
  it('ends with the last day agreed, or as the child turns fourteen, whichever is first', () => {
    expect(expiryOf('2026-12-01', 'guardian', born)).toEqual(endOfBayDay('2026-12-01'));
    expect(expiryOf('2027-04-30', 'guardian', born)).toEqual(endOfBayDay('2026-12-23'));
    expect(expiryOf('2027-04-30', 'self', born)).toEqual(endOfBayDay('2027-04-30'));
    expect(expiryOf('2027-04-30', 'signatory', { kind: 'organisation' })).toEqual(endOfBayDay('2027-04-30'));
  });

  it('is never in force on a day on which she is fourteen', () => {
    const days = fc.date({ min: new Date('2005-01-01'), max: new Date('2026-11-24'), noInvalidDate: true });
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 6000 }), (birth, later) => {
        const bornOn = birth.toISOString().slice(0, 10);
        const until = new Date(birth.getTime() + later * 86_400_000).toISOString().slice(0, 10);
        const end = expiryOf(until, 'guardian', { kind: 'person', bornOn });
        expect(end.getTime()).toBeLessThanOrEqual(endOfBayDay(lastGuardedDay(bornOn)).getTime());
      }),
    );
  });
});

describe('a power', () => {
  const power = {
    id: 'p',
    kind: 'signatory',
    datasets: ['bank-statement'],
    validFrom: '2026-01-01',
    validUntil: '2026-12-31',
  } as const;
  const about = { facts: { kind: 'organisation' as const }, dataset: 'bank-statement', at: at('2026-11-24') };
  it('covers its datasets on its days, for its kind of subject', () => {
    expect(covers(power, about)).toBe(true);
    expect(covers({ ...power, datasets: null }, { ...about, dataset: 'anything' })).toBe(true);
  });
  it.each([
    ['another dataset', { ...about, dataset: 'credit-report' }],
    ['the day before', { ...about, at: at('2025-12-31') }],
    ['the day after', { ...about, at: at('2027-01-01') }],
    ['a person', { ...about, facts: { kind: 'person' as const } }],
  ])('does not cover %s', (_name, other) => expect(covers(power, other)).toBe(false));
});
