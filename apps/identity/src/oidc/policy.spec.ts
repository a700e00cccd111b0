import { describe, expect, it } from '@jest/globals';
import { levelInsistedOn } from './policy.js';

const asking = (acr: unknown): Record<string, unknown> => ({ claims: JSON.stringify({ id_token: { acr } }) });

describe('levelInsistedOn', () => {
  it.each([
    ['no claims', {}, 1],
    ['a wish', asking({ values: ['urn:bayway:loa:4'] }), 1],
    ['an essential value', asking({ essential: true, value: 'urn:bayway:loa:3' }), 3],
    [
      'several essential values: the lowest will do',
      asking({ essential: true, values: ['urn:bayway:loa:4', 'urn:bayway:loa:2'] }),
      2,
    ],
    ['a value that is not ours', asking({ essential: true, value: 'urn:other:high' }), 4],
    ['essential without a value', asking({ essential: true }), 1],
    ['null', asking(null), 1],
  ])('%s', (_what, params, level) => {
    expect(levelInsistedOn(params)).toBe(level);
  });
});
