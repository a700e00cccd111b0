import { describe, expect, it } from '@jest/globals';
import { levelInsistedOn, OUT_OF_REACH } from './policy.js';

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
    ['a value that is not ours', asking({ essential: true, value: 'urn:other:high' }), OUT_OF_REACH],
    ['essential without a value', asking({ essential: true }), 1],
    ['null', asking(null), 1],
    ['acr_values: the lowest will do', { acr_values: 'urn:bayway:loa:3 urn:bayway:loa:2' }, 2],
    ['acr_values that are not ours', { acr_values: 'phr phrh' }, 1],
    [
      'both: the essential ones count',
      { ...asking({ essential: true, value: 'urn:bayway:loa:4' }), acr_values: 'urn:bayway:loa:2' },
      4,
    ],
  ])('%s', (_what, params, level) => {
    expect(levelInsistedOn(params)).toBe(level);
  });
});
