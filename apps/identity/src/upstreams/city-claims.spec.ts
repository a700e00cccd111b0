import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@bayway/contracts';
import type { AcrScheme } from '@bayway/domain';
import { personOf } from './city-claims.js';
import type { City } from './upstreams.js';

const cityWith = (scheme: AcrScheme): City => ({
  kind: 'city',
  id: 'hong-kong',
  issuer: 'http://city',
  clientId: 'bayway',
  city: {
    slug: 'hong-kong',
    place: 'HK',
    issuer: 'http://city',
    client_id: 'bayway',
    acr_scheme: scheme,
    style: 'oidc',
  },
});

describe('what a city says of a person', () => {
  const said = { sub: 'x', name: '陳美怡', documents: [], acr: 'iamsmart-plus', auth_time: 1_763_949_600 };

  it('is taken with how sure the city is, by its own scheme', () => {
    expect(personOf(cityWith('iam-smart'), said)).toEqual({
      issuer: 'http://city',
      sub: 'x',
      name: '陳美怡',
      nameLatin: null,
      bornOn: null,
      documents: [],
      assurance: { level: 3, steps: [{ by: 'city', scheme: 'iam-smart', value: 'iamsmart-plus', level: 3 }] },
      authTime: 1_763_949_600,
    });
    expect(personOf(cityWith('guangdong'), said).assurance.level).toBe(1);
  });

  it.each([
    ['no name', { name: '' }],
    ['a subject that is too long', { sub: 'x'.repeat(300) }],
    ['a document of an unknown kind', { documents: [{ kind: 'library-card', number: '1' }] }],
    ['a birthday that is none', { birthdate: '1988-13-01' }],
    ['no time of sign-in', { auth_time: undefined }],
  ])('with %s is not taken', (_what, over) => {
    const taken = (): unknown => personOf(cityWith('iam-smart'), { ...said, ...over });
    expect(taken).toThrow(DomainError);
    expect(taken).toThrow('could not be verified');
  });
});
