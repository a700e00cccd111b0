import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CUTS, expectWhole, killedAt, Relays, startProcess } from './crash.js';
import { endWorld, newWorld, start, type World } from './fixture.js';

const BATCH = 100;
const ENTRIES = 100_000;

let world: World;
let child: ChildProcess | undefined;

beforeAll(async () => {
  world = await newWorld();
  await Promise.all([start(world.sides.mo), start(world.sides.cn)]);
}, 120_000);
afterAll(async () => {
  child?.kill('SIGKILL');
  await endWorld(world);
});

describe('a log that is killed before and after each statement', () => {
  it(`has each of ${ENTRIES} acknowledged entries once`, async () => {
    const { hk } = world.sides;
    child = await startProcess(hk);
    const relays = new Relays(hk, { batches: ENTRIES / BATCH, size: BATCH });
    for (const cut of CUTS) child = await killedAt(hk, child, cut);
    for (let round = 0; round < 3; round++) {
      await new Promise((resolve) => setTimeout(resolve, 500 + 300 * round));
      child.kill('SIGKILL');
      child = await startProcess(hk);
    }
    await relays.finish();
    expect(relays.acknowledged).toHaveLength(ENTRIES);
    await expectWhole(world, hk, relays.acknowledged);
  }, 3_600_000);
});
