import { describe, expect, it } from '@jest/globals';
import { campaign } from './campaign.js';

/**
 * The faithful small part of the campaign; `npm run test:long` tries every byte position of four and 5,000 mutations
 * over twenty more.
 */
describe('mutated bundles', () => {
  it('are detected by both verifiers with the same verdict: every 47th byte of four, 400 mutations over four', async () => {
    const found = await campaign({ stride: 47, bundles: 4, mutations: 400, seed: 20261122 });
    expect(found.count).toBeGreaterThan(1_100);
    expect([found.undetected, found.disagreed]).toEqual([[], []]);
    expect(Object.keys(found.checks).length).toBeGreaterThanOrEqual(12);
  }, 240_000);
});
