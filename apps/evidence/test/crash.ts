import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { expect } from '@jest/globals';
import { audit, deliver, eventOf, newCommitment, proofOf, rows, until, type Side, type World } from './fixture.js';

/** Starts a side's service as a process of its own, as it was built: from its sources it takes a minute to be ready. */
export async function startProcess({ environment, url }: Side): Promise<ChildProcess> {
  const cwd = new URL('..', import.meta.url).pathname;
  const { NODE_OPTIONS: _, ...inherited } = process.env;
  const started = spawn(process.execPath, ['dist/main.js'], {
    cwd,
    env: { ...inherited, ...environment },
    stdio: 'ignore',
  });
  const exited = new Promise<never>((_resolve, reject) => started.once('exit', () => reject(new Error('it ended'))));
  exited.catch(() => undefined);
  const ready = async () => {
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    return answer?.ok ? true : undefined;
  };
  await Promise.race([until(ready, 120_000), exited]);
  return started;
}

const STANDING = 990_017;
const IS_STANDING = `locktype = 'advisory' and objid = ${STANDING}
  and database = (select oid from pg_database where datname = current_database())`;

/** Where the service is killed: before or after a statement, inside its transaction. */
export type Cut = Readonly<{ name: string; when: 'before' | 'after'; table: string; event: 'insert' | 'delete' }>;

/** Every statement that an entry takes on its way, and both sides of it. */
export const CUTS: readonly Cut[] = (
  [
    ['inbox', 'insert'],
    ['pending_entry', 'insert'],
    ['pending_entry', 'delete'],
    ['log_entry', 'insert'],
    ['tile_hash', 'insert'],
    ['checkpoint', 'insert'],
    ['cosignature', 'insert'],
  ] as const
).flatMap(([table, event]) =>
  (['before', 'after'] as const).map((when) => ({ name: `${when} ${event} on ${table}`, when, table, event })),
);

/** Arms a cut: a trigger sleeps at that very place, and says so by an advisory lock. Answers how to take it away. */
async function armed({ db }: Side, { when, table, event }: Cut): Promise<() => Promise<void>> {
  await rows(
    db.url,
    `create or replace function stand_still() returns trigger language plpgsql as $$
     begin
       perform pg_advisory_lock(${STANDING});
       perform pg_sleep(8);
       perform pg_advisory_unlock(${STANDING});
       return null;
     end $$;
     create trigger stand_still ${when} ${event} on ${table} for each statement execute function stand_still()`,
  );
  return async () => {
    const standing = `select pg_terminate_backend(pid) from pg_locks where ${IS_STANDING}`;
    await rows(db.url, standing);
    await rows(db.url, `drop trigger stand_still on ${table}; drop function stand_still() cascade`);
  };
}

/** Kills the service at the armed place, as a power cut would, and starts it again. */
export async function killedAt(side: Side, child: ChildProcess, cut: Cut): Promise<ChildProcess> {
  const disarm = await armed(side, cut);
  await standing(side);
  child.kill('SIGKILL');
  await disarm();
  return startProcess(side);
}

/** Waits until the service stands at the armed place. */
const standing = ({ db }: Side): Promise<true> =>
  until(async () => {
    const sql = `select 1 from pg_locks where granted and ${IS_STANDING}`;
    return (await rows(db.url, sql)).length > 0 ? true : undefined;
  }, 60_000);

/** The relays of three services: they deliver each batch again until it is acknowledged, as a relay does. */
export class Relays {
  readonly acknowledged: string[] = [];
  private open = true;
  private readonly running: Promise<void>[];

  constructor(side: Side, { batches = Infinity, size = 20 } = {}) {
    let left = batches;
    const run = async () => {
      while (this.open && left-- > 0) {
        const events = Array.from({ length: size }, () => eventOf(newCommitment()));
        while (!(await deliver(side, events).catch(() => undefined)))
          await new Promise((resolve) => setTimeout(resolve, randomInt(50, 200)));
        this.acknowledged.push(...events.map(({ data }) => data.commitment));
      }
    };
    this.running = Array.from({ length: 3 }, run);
  }

  /** Takes up no further batch and waits until those on their way are acknowledged. */
  async end(): Promise<void> {
    this.open = false;
    await Promise.all(this.running);
  }

  /** Waits until all batches are acknowledged. */
  async finish(): Promise<void> {
    await Promise.all(this.running);
  }
}

/** No acknowledged entry is missing, none is doubled, and the whole log follows from its entries. */
export async function expectWhole(world: World, side: Side, acknowledged: readonly string[]): Promise<void> {
  const last = newCommitment();
  await deliver(side, [eventOf(last)]);
  await proofOf(side, last);
  const bytes = acknowledged.map((commitment) => Buffer.from(commitment, 'base64url'));
  const [found] = await rows(
    side.db.url,
    `select (select count(*) from log_entry where commitment = any($1)) as logged,
            (select count(*) from log_entry) as total, (select max(index) + 1 from log_entry) as next,
            (select count(*) from alarm) as alarms, (select count(*) from pending_entry) as pending`,
    [bytes],
  );
  expect(Number(found?.['logged'])).toBe(new Set(acknowledged).size);
  expect(Number(found?.['next'])).toBe(Number(found?.['total']));
  expect([Number(found?.['alarms']), Number(found?.['pending'])]).toEqual([0, 0]);
  const { checkpoint } = await audit(world, side);
  expect(checkpoint.size).toBe(Number(found?.['total']));
}
