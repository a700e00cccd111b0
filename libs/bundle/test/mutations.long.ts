import { describe, expect, it } from '@jest/globals';
import { campaign } from './campaign.js';

describe('mutated bundles', () => {
  it('are detected by both verifiers with the same verdict: every byte of four, 5,000 mutations over twenty', async () => {
    const started = Date.now();
    const found = await campaign({ stride: 1, bundles: 20, mutations: 5_000, seed: 1 });
    const seconds = (Date.now() - started) / 1000;
    process.stdout.write(`${JSON.stringify({ ...found, seconds })}\n`);
    expect([found.undetected, found.disagreed]).toEqual([[], []]);
    expect(found.count).toBeGreaterThan(35_000);
    expect(seconds).toBeLessThanOrEqual(600);
  }, 3_600_000);
});
