import { describe, expect, it } from '@jest/globals';
import { withSettings } from '../src/cures.js';
import { decide } from '../src/decide.js';
import { MissingStep } from '../src/decision.js';
import type { Facts } from '../src/facts.js';
import { askable, whatWouldChange } from '../src/outlook.js';
import { GOLDEN } from './golden.js';

const golden = (id: string): Facts => (GOLDEN.find((each) => each.id === id) as (typeof GOLDEN)[number]).facts;
const { consent: _consent, notice: _notice, subject: _subject, ...unasked } = golden('G03');

describe('whatWouldChange', () => {
  it('names for each gap who sets which fact', () => {
    const { changes, permits, left } = whatWouldChange(golden('G04-3'), decide(golden('G04-3')));
    expect(changes.map(({ gap, by }) => `${gap.code} ${by}`)).toEqual([
      'impact-assessment exporter',
      'separate-consent subject',
      'written-consent subject',
    ]);
    expect(changes.map(({ alone }) => alone)).toEqual(['hold', 'hold', 'hold']);
    expect([permits, left]).toEqual([true, []]);
  });

  it('goes on to gaps that open only then', () => {
    const { changes, permits } = whatWouldChange(unasked, decide(unasked));
    expect(changes.map(({ gap }) => gap.code)).toEqual([
      'consent.given',
      'consent.separate',
      'consent.written',
      'notice.given',
      'notice.crossBorderItems',
    ]);
    expect(permits).toBe(true);
  });

  it('has nothing to offer where the law forbids or a person must decide', () => {
    for (const id of ['G05', 'G22', 'G07-3'])
      expect(whatWouldChange(golden(id), decide(golden(id)))).toEqual({ changes: [], permits: false, left: [] });
  });

  it('says what is left where nobody can supply a fact', () => {
    const { data: _data, ...without } = unasked;
    const { permits, left } = whatWouldChange(without, decide(without));
    expect(permits).toBe(false);
    expect(left).toEqual([{ kind: 'fact', code: 'data.items' }]);
  });

  it('leads to a permit by its own changes', () => {
    const cured = new Set<string>();
    for (const { facts } of GOLDEN) {
      const { changes, permits } = whatWouldChange(facts, decide(facts));
      const changed = changes.reduce((at, { set }) => withSettings(at, set), facts);
      if (permits) expect(decide(changed).outcome).toBe('permit');
      for (const { gap } of changes) cured.add(gap.code);
    }
    // Every step of the public format is cured in some golden case.
    expect(MissingStep.options.filter((code) => !cured.has(code))).toEqual([]);
  });
});

describe('askable', () => {
  it('is true where consent and notice are all that is left', () => {
    expect(askable(decide(unasked))).toBe(true);
    expect(askable(decide(unasked), unasked)).toBe(true);
    expect(askable(decide(golden('G03')))).toBe(true);
  });

  it.each<[string, Facts]>([
    ['the law forbids', golden('G05')],
    ['a person must decide', golden('G22')],
    ['an instrument is missing', { ...unasked, instrument: { kind: 'none' } }],
    ['an impact assessment is missing', { ...unasked, impactAssessment: {} }],
    [
      'the exporter has not said whether it runs critical infrastructure',
      { ...unasked, exporter: { place: 'CN-440300' } },
    ],
  ])('is false where %s', (_, facts) => {
    expect(askable(decide(facts))).toBe(false);
    expect(askable(decide(facts), facts)).toBe(false);
  });

  it('looks past the gaps in sight when it has the facts', () => {
    const { authorisations: _authorisations, ...unnotified } = golden('G24');
    const facts: Facts = { ...unnotified, consent: { given: true, explicit: false } };
    expect(decide(facts).missing).toEqual(['mo-transfer-ground']);
    expect(askable(decide(facts))).toBe(true);
    expect(askable(decide(facts), facts)).toBe(false);
  });
});
