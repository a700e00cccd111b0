import { describe, expect, it } from '@jest/globals';
import { decide } from '@bayway/trust-rules';
import type { Offered } from './parts.js';
import { exporterPart, importerPart } from './parts.js';
import { everythingAgreed, factsOf } from './facts.js';

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
