import { type ChildProcess, spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  audit,
  deliver,
  endWorld,
  eventOf,
  newCommitment,
  newWorld,
  proofOf,
  rows,
  start,
  until,
  type World,
} from './fixture.js';

const ROUNDS = 2;
let world: World;
let child: ChildProcess | undefined;

beforeAll(async () => {
  world = await newWorld();
  await Promise.all([start(world.sides.mo), start(world.sides.cn)]);
});
afterAll(async () => {
  child?.kill('SIGKILL');
  await endWorld(world);
});

/** Starts the service of Hong Kong as a process of its own, from its sources. */
async function startProcess(): Promise<ChildProcess> {
  const { environment, url } = world.sides.hk;
  const flags = ['-C', '@bayway/source', '--import', '@swc-node/register/esm-register', 'src/main.ts'];
  const cwd = new URL('..', import.meta.url).pathname;
  const { NODE_OPTIONS: _, ...inherited } = process.env;
  const started = spawn(process.execPath, flags, { cwd, env: { ...inherited, ...environment }, stdio: 'ignore' });
  const exited = new Promise<never>((_resolve, reject) => started.once('exit', () => reject(new Error('it ended'))));
  exited.catch(() => undefined);
  const ready = async () => {
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    return answer?.ok ? true : undefined;
  };
  await Promise.race([until(ready, 60_000), exited]);
  return started;
}

describe('a log that is killed while it works', () => {
  it('loses no acknowledged entry, doubles none, and never signs two histories', async () => {
    const { hk } = world.sides;
    const acknowledged: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      child = await startProcess();
      let open = true;
      const senders = Array.from({ length: 3 }, async () => {
        while (open) {
          const events = Array.from({ length: 20 }, () => eventOf(newCommitment()));
          const taken = await deliver(hk, events).catch(() => undefined);
          if (taken) acknowledged.push(...events.map(({ data }) => data.commitment));
          else if (open) await deliver(hk, events).catch(() => undefined);
        }
      });
      await new Promise((resolve) => setTimeout(resolve, 700 + round * 230));
      child.kill('SIGKILL');
      open = false;
      await Promise.all(senders);
    }
    child = await startProcess();
    const last = newCommitment();
    await deliver(hk, [eventOf(last)]);
    await proofOf(hk, last);

    const bytes = acknowledged.map((commitment) => Buffer.from(commitment, 'base64url'));
    const [{ count } = {}] = await rows(hk.db.appUrl, 'select count(*) from log_entry where commitment = any($1)', [
      bytes,
    ]);
    expect(acknowledged.length).toBeGreaterThan(100);
    expect(Number(count)).toBe(acknowledged.length);
    const { checkpoint } = await audit(world, hk);
    const [{ total } = {}] = await rows(hk.db.appUrl, 'select count(*) as total from log_entry');
    expect(checkpoint.size).toBe(Number(total));
    const [{ alarms } = {}] = await rows(hk.db.appUrl, 'select count(*) as alarms from alarm');
    expect(Number(alarms)).toBe(0);
  }, 240_000);
});
