import { describe, expect, it } from '@jest/globals';
import { items, newDetail } from '../../test/factories.js';
import type { ConsentEntity } from './consent.entity.js';
import { factsOf } from './facts.js';

const at = new Date('2026-11-22T20:00:00Z');
const row = (over: Partial<ConsentEntity> = {}): ConsentEntity =>
  ({
    state: 'given',
    detail: newDetail(),
    items: items.slice(0, 2),
    subjectKind: 'person',
    subjectFacts: { kind: 'person', bornOn: '1990-01-01' },
    givenAt: at,
    endedAt: null,
    lapsesAt: at,
    expiresAt: new Date(at.getTime() + 1),
    ...over,
  }) as ConsentEntity;
const facts = (over: Partial<ConsentEntity>, agreed: Parameters<typeof factsOf>[1]['agreed'] = []) =>
  factsOf(row(over), { agreed, countedAs: 'x', at });

describe('facts for the rules', () => {
  it('say which consent the acts amount to', () => {
    expect(facts({}, ['other-handler', 'overseas', 'written']).consent).toEqual({
      given: true,
      separate: true,
      written: true,
      explicit: false,
      prescribed: false,
      guardianGiven: false,
      expiresOn: '2027-04-30',
    });
    expect(facts({}, ['explicit-transfer']).consent).toMatchObject({ explicit: true, separate: false });
    expect(facts({}, ['mo-sensitive']).consent).toMatchObject({ explicit: true });
    expect(facts({}, ['prescribed']).consent).toMatchObject({ prescribed: true, written: false });
    expect(facts({}, ['guardian']).consent).toMatchObject({ guardianGiven: true });
  });
  it('say nothing of a guardian for an organisation', () => {
    const organisation = { subjectKind: 'organisation', subjectFacts: { kind: 'organisation' } } as const;
    expect(facts(organisation).consent).not.toHaveProperty('guardianGiven');
  });
  it('claim nothing for a consent that was never in force', () => {
    const { consent, state } = facts({ state: 'pending', givenAt: null, lapsesAt: at }, ['overseas', 'written']);
    expect(state).toBe('lapsed');
    expect(consent).toMatchObject({ given: false, separate: false, written: false });
  });
  it('name the day of a withdrawal in the time of the Bay', () => {
    const { consent, state } = facts({ state: 'withdrawn', endedAt: at }, ['overseas']);
    expect(state).toBe('withdrawn');
    expect(consent.withdrawnOn).toBe('2026-11-23');
  });
  it('call a consent expired from the end of its last day, swept or not', () => {
    expect(facts({ expiresAt: at }).state).toBe('expired');
  });
});
