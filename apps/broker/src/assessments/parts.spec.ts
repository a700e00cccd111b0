import { describe, expect, it } from '@jest/globals';
import { askable, decide, requiredActs } from '@bayway/trust-rules';
import type { Offered } from './parts.js';
import { exporterPart, importerPart } from './parts.js';
import { everythingAgreed, factsOf, factsToAsk } from './facts.js';

const bank = { id: 'lotus-bank', place: 'MO', kind: 'bank', sector: 'banking', role: 'independent', ciio: null };
const offered = {
  holder: bank,
  dataset: { id: 'bank-statement', subjects: ['person'], collectedFor: 'account-review' },
  items: [{ id: 'balances', category: 'bank-statement', sensitive: false }],
  purpose: 'credit-underwriting',
  ...{ instrument: null, impactAssessment: null, calendar: null },
  counters: { general: 1, sensitive: 1 },
} as unknown as Offered;
const recipient = importerPart({ ...bank, id: 'tsing-wan-bank', place: 'HK' } as never);

const decided = (authorisation: object | null) => {
  const part = exporterPart({ ...offered, authorisation: authorisation as Offered['authorisation'] });
  const facts = factsOf({ ...recipient, ...part }, everythingAgreed, {
    mode: 'transfer',
    purpose: offered.purpose,
    asOf: '2026-11-24',
  });
  const { outcome, missing } = decide(facts);
  return { outcome, missing };
};

describe('what a Macao holder told its authority', () => {
  it.each([
    ['nothing', null, { outcome: 'hold', missing: ['dspdp-notification'] }],
    ['of this transfer', { notifiedOn: '2025-09-01', authorisedOn: null }, { outcome: 'permit', missing: [] }],
    ['of it, and was authorised', { notifiedOn: null, authorisedOn: '2025-09-01' }, { outcome: 'permit', missing: [] }],
    [
      'of it, but not before the request',
      { notifiedOn: '2026-11-25', authorisedOn: null },
      { outcome: 'hold', missing: ['dspdp-notification'] },
    ],
  ])('decides: %s', (_what, authorisation, expected) => {
    expect(decided(authorisation)).toEqual(expected);
  });
});

describe('a record of an organisation', () => {
  const asOf = '2026-11-24';
  const contract = {
    ...{ kind: 'gba-sc-hk', effectiveOn: '2025-09-01', filedOn: '2025-09-05', filedWith: 'guangdong-cac' },
    ...{ validUntil: null, templateUnaltered: true, datasets: ['credit-report'], purposes: ['credit-underwriting'] },
  };
  const registry = {
    ...offered,
    authorisation: null,
    holder: { ...bank, id: 'zhuhai-registry', place: 'CN-440400', kind: 'state-organ', sector: 'other', ciio: false },
    dataset: { ...offered.dataset, id: 'business-registration', subjects: ['organisation'] },
    items: [{ id: 'registration', category: 'kyc-file', sensitive: false }],
  } as unknown as Offered;
  const recipients = [
    ['mo', { ...bank }],
    ['hk', { ...bank, place: 'HK' }],
    ['cn', { ...bank, place: 'CN-440300' }],
  ] as const;

  it.each(recipients)('may go to a bank in %s, and its signatory is asked, whoever asks for it', (_to, to) => {
    for (const subject of [undefined, { kind: 'organisation' }, { kind: 'person', bornOn: '1990-01-01' }] as const) {
      const part = exporterPart({ ...registry, instrument: contract as unknown as Offered['instrument'], subject });
      const about = { mode: 'transfer', purpose: registry.purpose, asOf } as const;
      const asked = factsToAsk({ ...importerPart(to as never), ...part }, about);
      expect(askable(decide(asked), asked)).toBe(true);
      expect(requiredActs(decide(asked), asked)).toEqual([
        { kind: 'signatory', rules: ['PLAT.SIGNATORY'], establishes: ['consent.given'] },
      ]);
      const agreed = factsOf({ ...importerPart(to as never), ...part }, everythingAgreed, about);
      expect(decide(agreed)).toMatchObject({ outcome: 'permit', obligations: [] });
    }
  });

  it('of a dataset on both is that of whoever is known to be its subject', () => {
    const both = {
      ...offered,
      authorisation: null,
      dataset: { ...offered.dataset, subjects: ['person', 'organisation'] },
    };
    const form = (subject?: Offered['subject']) => exporterPart({ ...both, subject } as Offered).data.form;
    expect([form(), form({ kind: 'person' }), form({ kind: 'organisation' })]).toEqual([
      'identifiable',
      'identifiable',
      'non-personal',
    ]);
  });
});
