import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { interleave } from '../../test/interleavings.js';
import { World } from '../../test/world.js';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.stop());

describe('withdrawal and release, interleaved statement by statement', () => {
  it('start no release after a confirmed withdrawal: 200 orders (`npm run test:long` has 10,000)', async () => {
    const { permitted, refused, orders, late } = await interleave(world, { runs: 200, seed: 1 });
    expect(late).toBe(0);
    expect(permitted + refused).toBe(200);
    expect(permitted).toBeGreaterThan(20);
    expect(refused).toBeGreaterThan(20);
    // A statement of the one has stood between nearly any two of the other.
    expect(orders).toBeGreaterThan(40);
  }, 240_000);
});
