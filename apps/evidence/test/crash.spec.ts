import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CUTS, expectWhole, killedAt, Relays, startProcess } from './crash.js';
import { endWorld, newWorld, start, type Side, type World } from './fixture.js';

let world: World;
let hk: Side;
let child: ChildProcess | undefined;

beforeAll(async () => {
  world = await newWorld();
  hk = world.sides.hk;
  await Promise.all([start(world.sides.mo), start(world.sides.cn)]);
}, 120_000);
afterAll(async () => {
  child?.kill('SIGKILL');
  await endWorld(world);
});

// Two of the fourteen places here: taken in, and signed. `npm run test:long apps/evidence` kills at every one.
const SOME = CUTS.filter(({ name }) => ['after insert on inbox', 'after insert on checkpoint'].includes(name));

describe('a log that is killed while it works', () => {
  it('loses no acknowledged entry, doubles none, and never signs two histories', async () => {
    expect(SOME).toHaveLength(2);
    const acknowledged: string[] = [];
    child = await startProcess(hk);
    for (const cut of SOME) {
      const relays = new Relays(hk);
      child = await killedAt(hk, child, cut);
      await relays.end();
      acknowledged.push(...relays.acknowledged);
    }
    // Once more at no place in particular: between commit and reply, say.
    const relays = new Relays(hk);
    await new Promise((resolve) => setTimeout(resolve, 800));
    child.kill('SIGKILL');
    child = await startProcess(hk);
    await relays.end();
    acknowledged.push(...relays.acknowledged);
    expect(acknowledged.length).toBeGreaterThan(100);
    await expectWhole(world, hk, acknowledged);
  }, 600_000);
});
