import { bayDay } from '@bayway/domain';
import { describe, expect, it } from '@jest/globals';
import { Facts } from '@bayway/trust-rules';
import { countingOf } from './counting.js';

const facts = (over: Record<string, unknown> = {}): Facts =>
  Facts.parse({
    ...{ asOf: '2026-06-01', channel: 'transfer', purpose: { code: 'account-opening' }, basis: { kind: 'consent' } },
    exporter: { place: 'CN-440300', kind: 'credit-agency', ciio: false },
    importer: { place: 'HK', kind: 'bank' },
    data: { items: [{ id: 'name', category: 'contact-details' }], importantData: 'not-declared' },
    ...over,
  });
const items = (...categories: string[]) => ({ items: categories.map((category) => ({ id: category, category })) });

describe('as which a person is counted', () => {
  it.each([
    ['general data', {}, 'general'],
    ['a sensitive item', { data: items('contact-details', 'bank-account') }, 'sensitive'],
    [
      'an item that its holder calls sensitive',
      { data: { items: [{ id: 'a', category: 'contact-details', sensitive: true }] } },
      'sensitive',
    ],
    [
      'an item that its holder calls not sensitive',
      { data: { items: [{ id: 'a', category: 'bank-account', sensitive: false }] } },
      'general',
    ],
    ['a sensitive item that the law takes out', { data: items('contact-details', 'medical') }, 'general'],
    ['a child on the day before its fourteenth birthday', { subject: { bornOn: '2012-06-02' } }, 'sensitive'],
    ['a child on its fourteenth birthday', { subject: { bornOn: '2012-06-01' } }, 'general'],
    ['a record about a company', { data: { ...items('contact-details'), form: 'non-personal' } }, null],
    ['an anonymised record', { data: { ...items('contact-details'), form: 'anonymised' } }, null],
    ['an exempt export', { basis: { kind: 'contract', necessary: true } }, null],
    ['the same export, not exempt', { basis: { kind: 'contract', necessary: false } }, 'general'],
  ])('%s', (_name, over, kind) => expect(countingOf(facts(over))).toBe(kind));

  it('agrees with the rules about a birthday on a leap day', () => {
    const born = { subject: { bornOn: '2012-02-29' } };
    expect(countingOf(facts({ ...born, asOf: '2026-02-27' }))).toBe('sensitive');
    expect(countingOf(facts({ ...born, asOf: '2026-02-28' }))).toBe('general');
  });

  it('is counted in the year of the Bay, from midnight there', () => {
    expect(bayDay(new Date('2026-12-31T15:59:59.999Z'))).toBe('2026-12-31');
    expect(bayDay(new Date('2026-12-31T16:00:00Z'))).toBe('2027-01-01');
  });
});
