import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  audit,
  endWorld,
  getJson,
  newWorld,
  proofOf,
  record,
  rows,
  start,
  stop,
  until,
  type Side,
  type World,
} from './fixture.js';

let world: World;
let commitments: string[];

beforeAll(async () => {
  world = await newWorld();
  await Promise.all(Object.values(world.sides).map(start));
  for (const side of Object.values(world.sides)) {
    commitments = await record(side, 300);
    await proofOf(side, commitments.at(-1) ?? '');
    await audit(world, side);
  }
});
afterAll(() => endWorld(world));

/** A database administrator: may do anything to the database, and knows how the service keeps it. */
const administrator = (side: Side, sql: string) => rows(side.db.url, sql);

async function alarms(side: Side, kind: string): Promise<string[]> {
  const found = (await getJson(`${side.url}/alarms`)) as { alarms: { kind: string; subject: string }[] };
  return [...new Set(found.alarms.filter((alarm) => alarm.kind === kind).map(({ subject }) => subject))].sort();
}
const alarmed = (side: Side, kind: string, count: number) =>
  until(async () => ((await alarms(side, kind)).length === count ? alarms(side, kind) : undefined));

const ALTERED = "decode(repeat('ab', 32), 'hex')";
const PRIMARY_KEY = 'alter table log_entry add primary key (index)';
const NO_PRIMARY_KEY = 'alter table log_entry drop constraint log_entry_pkey';

describe('the audit finds a database administrator', () => {
  it.each<[string, string[], string[], RegExp]>([
    [
      'who alters an entry',
      ['create table kept as table log_entry', `update log_entry set commitment = ${ALTERED} where index = 5`],
      [
        'update log_entry l set commitment = k.commitment from kept k where k.index = l.index and k.index = 5',
        'drop table kept',
      ],
      /checkpoint of size \d+ has another root/,
    ],
    [
      'who swaps two entries',
      [NO_PRIMARY_KEY, 'update log_entry set index = 7 - index where index in (3, 4)', PRIMARY_KEY],
      [NO_PRIMARY_KEY, 'update log_entry set index = 7 - index where index in (3, 4)', PRIMARY_KEY],
      /checkpoint of size \d+ has another root/,
    ],
    [
      'who deletes an entry',
      ['create table kept as select * from log_entry where index = 4', 'delete from log_entry where index = 4'],
      ['insert into log_entry select * from kept', 'drop table kept'],
      /tile\/entries\/000 is missing/,
    ],
    [
      'who rewrites a stored hash',
      ['create table kept as table tile_hash', `update tile_hash set hash = ${ALTERED} where level = 1 and index = 0`],
      [
        'update tile_hash t set hash = k.hash from kept k where k.level = t.level and k.index = t.index',
        'drop table kept',
      ],
      /hash 0 does not fit tile\/1\/000/,
    ],
    [
      'who puts one checkpoint in the place of another',
      [
        'create table kept as table checkpoint',
        'update checkpoint set note = (select note from checkpoint order by size limit 1) where size > 100',
      ],
      ['update checkpoint c set note = k.note from kept k where k.size = c.size', 'drop table kept'],
      /comes after a larger one|another root|does not verify/,
    ],
  ])('%s', async (_, change, restore, message) => {
    const { hk } = world.sides;
    for (const sql of change) await administrator(hk, sql);
    try {
      await expect(audit(world, hk)).rejects.toThrow(message);
    } finally {
      for (const sql of restore) await administrator(hk, sql);
    }
    await audit(world, hk);
  });
});

describe('the witnesses find a database administrator', () => {
  it('who takes the end of the log away', async () => {
    const { cn } = world.sides;
    await stop(cn);
    await administrator(cn, 'truncate cosignature');
    await administrator(cn, 'delete from checkpoint where size > 100');
    await administrator(cn, 'delete from log_entry where index >= (select max(size) from checkpoint)');
    await administrator(cn, 'truncate tile_hash');
    await start(cn);
    expect(await alarmed(cn, 'witness-ahead', 2)).toEqual(['bayway.example/witness/hk', 'bayway.example/witness/mo']);
  });

  it('who writes another history with the log key in hand: nobody cosigns it', async () => {
    const { mo } = world.sides;
    const [{ size } = {}] = await administrator(mo, 'select max(size) as size from checkpoint');
    await stop(mo);
    await administrator(mo, 'truncate log_entry, tile_hash, checkpoint, cosignature cascade');
    await start(mo);
    await record(mo, Number(size) + 50);
    expect(await alarmed(mo, 'witness-refused', 2)).toEqual(['bayway.example/witness/cn', 'bayway.example/witness/hk']);
    const [{ count } = {}] = await administrator(mo, 'select count(*) from cosignature');
    expect(Number(count)).toBe(0);
  });
});

describe('a witness that is away', () => {
  it('does not hold up the log, and signs when it is back', async () => {
    const { hk, mo } = world.sides;
    await stop(mo);
    const [commitment = ''] = await record(hk, 1);
    const early = await proofOf(hk, commitment, false);
    expect(early.checkpoint).not.toContain('witness/mo');
    await start(mo);
    const late = await proofOf(hk, commitment);
    expect(late.checkpoint).toContain('witness/mo');
  });
});

describe('a service whose database lost what it signed', () => {
  it('signs nothing more, and says so', async () => {
    const { hk } = world.sides;
    await administrator(hk, 'truncate cosignature, checkpoint');
    await record(hk, 1);
    expect(await alarmed(hk, 'log-rolled-back', 1)).toEqual(['bayway.example/evidence/hk']);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect((await fetch(`${hk.url}/checkpoint`)).status).toBe(404);
  });
});
