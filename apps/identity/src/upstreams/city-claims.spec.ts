import { describe, expect, it } from '@jest/globals';
import { cityAcrs, CityClaims, cityLevel, personOf } from './city-claims.js';

describe('the level of a city’s sign-in', () => {
  it.each([
    ['iam-smart', 'iamsmart', 2],
    ['iam-smart', 'iamsmart-plus', 3],
    ['guangdong', 'gd-5', 4],
    ['guangdong', undefined, 1],
    ['guangdong', 'gd-9', 1],
    ['macao-one', 'mo-account-2fa', 3],
  ] as const)('%s %s is level %i', (scheme, acr, level) => {
    expect(cityLevel(scheme, acr)).toBe(level);
  });

  it('is not raised by the value of another city’s scheme', () => {
    expect(cityLevel('iam-smart', 'gd-5')).toBe(1);
    expect(cityLevel('zhejiang', 'iamsmart-plus')).toBe(1);
  });

  it('asks a city for values of its own scheme only, and for none when any will do', () => {
    expect(cityAcrs('guangdong', 3)).toEqual(['gd-4', 'gd-5']);
    expect(cityAcrs('iam-smart', 4)).toEqual([]);
    expect(cityAcrs('macao-one', 1)).toEqual([]);
  });
});

describe('what a city says of a person', () => {
  const said = { sub: 'x', name: '陳美怡', documents: [], acr: 'iamsmart-plus' };

  it('is taken with its level', () => {
    expect(personOf('http://city', 'iam-smart', CityClaims.parse(said))).toEqual({
      issuer: 'http://city',
      sub: 'x',
      name: '陳美怡',
      nameLatin: null,
      bornOn: null,
      documents: [],
      level: 3,
    });
  });

  it.each([
    ['no name', { name: '' }],
    ['a subject that is too long', { sub: 'x'.repeat(300) }],
    ['a document of an unknown kind', { documents: [{ kind: 'library-card', number: '1' }] }],
    ['a birthday that is none', { birthdate: '1988-13-01' }],
  ])('with %s is not taken', (_what, over) => {
    expect(CityClaims.safeParse({ ...said, ...over }).success).toBe(false);
  });
});
