import { describe, expect, it } from '@jest/globals';
import { campaign } from './campaign.js';

/**
 * The faithful small part of the campaign; `npm run test:long` tries every byte position of two bundles and 5,000 mutations
 * over twenty more.
 */
describe('mutated bundles', () => {
  it('are detected by both verifiers with the same verdict: every 23rd byte of two, 600 mutations over six', async () => {
    const found = await campaign({ stride: 23, bundles: 6, mutations: 600, seed: 20261122 });
    expect(found.count).toBeGreaterThan(2_000);
    expect([found.undetected, found.disagreed]).toEqual([[], []]);
    expect(Object.keys(found.checks).length).toBeGreaterThanOrEqual(12);
  }, 240_000);
});
