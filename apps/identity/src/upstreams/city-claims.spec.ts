import { describe, expect, it } from '@jest/globals';
import { CityClaims, personOf } from './city-claims.js';

describe('what a city says of a person', () => {
  const said = { sub: 'x', name: '陳美怡', documents: [], acr: 'iamsmart-plus', auth_time: 1_763_949_600 };

  it('is taken with how sure the city is, by its own scheme', () => {
    expect(personOf('http://city', 'iam-smart', CityClaims.parse(said))).toEqual({
      issuer: 'http://city',
      sub: 'x',
      name: '陳美怡',
      nameLatin: null,
      bornOn: null,
      documents: [],
      assurance: { level: 3, steps: [{ by: 'city', scheme: 'iam-smart', value: 'iamsmart-plus', level: 3 }] },
      authTime: 1_763_949_600,
    });
    expect(personOf('http://city', 'guangdong', CityClaims.parse(said)).assurance.level).toBe(1);
  });

  it.each([
    ['no name', { name: '' }],
    ['a subject that is too long', { sub: 'x'.repeat(300) }],
    ['a document of an unknown kind', { documents: [{ kind: 'library-card', number: '1' }] }],
    ['a birthday that is none', { birthdate: '1988-13-01' }],
    ['no time of sign-in', { auth_time: undefined }],
  ])('with %s is not taken', (_what, over) => {
    expect(CityClaims.safeParse({ ...said, ...over }).success).toBe(false);
  });
});
