import { describe, expect, it } from '@jest/globals';
import { articlesOf, factsOfActs, requiredActs } from '../src/acts.js';
import { decide } from '../src/decide.js';
import type { Facts } from '../src/facts.js';
import { GOLDEN } from './golden.js';

const golden = (id: string): Facts => (GOLDEN.find((each) => each.id === id) as (typeof GOLDEN)[number]).facts;
const { consent: _consent, notice: _notice, ...unasked } = golden('G03');
const acts = (facts: Facts) => requiredActs(decide(facts), facts);
const kinds = (facts: Facts): string[] => acts(facts).map(({ kind }) => kind);

describe('requiredActs', () => {
  it('asks three separate acts and a written one for a credit report that leaves the Mainland', () => {
    expect(kinds(unasked)).toEqual(['other-handler', 'sensitive', 'overseas', 'written']);
    expect(acts(unasked).map(({ rules }) => rules)).toEqual([
      ['CN.PIPL.23'],
      ['CN.PIPL.29', 'CN.PIPL.30'],
      ['CN.PIPL.39'],
      ['CN.CRIR.18'],
    ]);
  });

  it.each<[string, Facts, string[]]>([
    [
      'nothing sensitive',
      { ...unasked, data: { items: [{ id: 'a', category: 'education' }] } },
      ['other-handler', 'overseas'],
    ],
    [
      'a child',
      { ...unasked, subject: { bornOn: '2015-01-01' } },
      ['other-handler', 'sensitive', 'overseas', 'written', 'guardian'],
    ],
    [
      'inside the Mainland',
      { ...unasked, importer: { place: 'CN-440100' } },
      ['other-handler', 'sensitive', 'written'],
    ],
    [
      'on instructions',
      { ...unasked, importer: { place: 'HK', role: 'entrusted' } },
      ['sensitive', 'overseas', 'written'],
    ],
    [
      'on instructions inside the Mainland, nothing sensitive',
      {
        ...unasked,
        importer: { place: 'CN-440100', role: 'entrusted' },
        data: { items: [{ id: 'a', category: 'education' }] },
      },
      ['provision'],
    ],
    ['a contract as basis', { ...unasked, basis: { kind: 'contract', necessary: true } }, []],
    [
      'a contract as basis where every export asks',
      { ...unasked, basis: { kind: 'contract', necessary: true }, policy: { separateConsent: 'always' } },
      ['overseas'],
    ],
    ['a new purpose in Hong Kong', golden('G07-3'), ['prescribed']],
    ['marketing from Hong Kong', golden('G08-3'), ['direct-marketing', 'prescribed']],
    ['a certificate from Macao', golden('G24'), ['explicit-transfer']],
    [
      'health data inside Macao',
      { ...golden('G24'), importer: { place: 'MO' }, data: { items: [{ id: 'a', category: 'medical' }] } },
      ['mo-sensitive'],
    ],
    ['the day-to-day inside Macao', { ...golden('G24'), importer: { place: 'MO' } }, ['provision']],
    [
      'a record of an organisation',
      { ...unasked, data: { form: 'non-personal', items: [{ id: 'a', category: 'credit-report' }] } },
      ['signatory'],
    ],
    ['her own record carried', golden('G01'), []],
    [
      'her own record compared',
      {
        ...{ asOf: '2026-11-22', channel: 'verify', exporter: { place: 'CN-440300' }, importer: { place: 'HK' } },
        verify: { subjectInitiated: false, salted: true, contentCrosses: false },
      },
      ['comparison'],
    ],
  ])('for %s', (_, facts, expected) => {
    expect(kinds(facts)).toEqual(expected);
  });

  it('names instrument and article of each act', () => {
    const written = acts(unasked).find(({ kind }) => kind === 'written');
    expect(written && articlesOf(written, 'zh-Hant')).toMatchObject([
      { instrument: '《徵信業管理條例》', article: '第十八條' },
    ]);
  });
});

describe('factsOfActs', () => {
  const required = acts(unasked);

  it('makes each consent fact true only when every act that establishes it was agreed to', () => {
    const all = factsOfActs(required, ['other-handler', 'sensitive', 'overseas', 'written']);
    expect(all).toEqual({ 'consent.given': true, 'consent.separate': true, 'consent.written': true });
    expect(factsOfActs(required, ['other-handler', 'sensitive', 'written'])).toEqual({
      'consent.given': false,
      'consent.separate': false,
      'consent.written': true,
    });
  });
});
