import { describe, expect, it } from '@jest/globals';
import { Facts } from './facts.js';

const carry = {
  asOf: '2026-11-22',
  channel: 'subject-carry',
  exporter: { place: 'CN-330100' },
  importer: { place: 'HK' },
  purpose: { code: 'credit-underwriting' },
};
const faults = (document: unknown): string[] =>
  (Facts.safeParse(document).error?.issues ?? []).map((issue) => `/${issue.path.join('/')}`);

describe('Facts', () => {
  it('takes a plain document as it is', () => {
    expect(Facts.parse(carry)).toEqual(carry);
  });

  it.each<[string, object, string]>([
    ['a day that does not exist', { asOf: '2026-02-29' }, '/asOf'],
    ['a place that is no code', { exporter: { place: 'CN' } }, '/exporter/place'],
    ['a Mainland place without city', { importer: { place: 'CN-44' } }, '/importer/place'],
    ['an unknown member', { weather: 'fine' }, '/'],
    ['an unknown member of a group', { purpose: { code: 'treatment', why: 'x' } }, '/purpose'],
    ['an unknown category', { data: { items: [{ id: 'a', category: 'diary' }] } }, '/data/items/0/category'],
    ['an identity level of five', { requester: { identityLevel: 5 } }, '/requester/identityLevel'],
    ['a negative count', { counters: { general: -1 } }, '/counters/general'],
    ['a count with a fraction', { counters: { general: 1.5 } }, '/counters/general'],
    ['a document without importer', { importer: undefined }, '/importer'],
    ['a document without purpose', { purpose: undefined }, '/purpose'],
    ['an onward transfer without recipient', { channel: 'onward-transfer' }, '/onward'],
    ['a rights request without request', { channel: 'rights-request' }, '/request'],
    ['an authority request without authority', { channel: 'authority-request' }, '/authority'],
    [
      'an item id used twice',
      { data: { items: ['a', 'a'].map((id) => ({ id, category: 'medical' })) } },
      '/data/items/1/id',
    ],
  ])('refuses %s', (_, change, pointer) => {
    expect(faults({ ...carry, ...change })).toEqual([pointer]);
  });
});
