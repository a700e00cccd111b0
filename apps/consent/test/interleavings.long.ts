import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { interleave } from './interleavings.js';
import { World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await World.start({ DATABASE_POOL: '20' });
});
afterAll(() => world.stop());

describe('withdrawal and release, interleaved statement by statement', () => {
  it('start no release after a confirmed withdrawal: 10,000 orders', async () => {
    const started = Date.now();
    const found = await interleave(world, { runs: 10_000, seed: 2, lanes: 8 });
    process.stdout.write(`${JSON.stringify({ ...found, seconds: (Date.now() - started) / 1000 })}\n`);
    expect(found.late).toBe(0);
    expect(Math.min(found.permitted, found.refused)).toBeGreaterThan(1_000);
  }, 3_600_000);
});
