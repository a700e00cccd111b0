import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DomainError } from '@bayway/contracts';
import { commitmentTo, randomName } from '@bayway/envelope';
import { leafHash, verifyTlogProof } from '@bayway/transparency';
import { type Entry, LogStore, SEGMENT } from '../src/log/log.store.js';
import {
  audit,
  deliver,
  endWorld,
  eventOf,
  getJson,
  newCommitment,
  newWorld,
  proofOf,
  record,
  rows,
  start,
  stop,
  trustIn,
  until,
  type Side,
  type World,
} from './fixture.js';

let world: World;
let hk: Side;
beforeAll(async () => {
  world = await newWorld();
  hk = world.sides.hk;
  await Promise.all(Object.values(world.sides).map(start));
});
afterAll(() => endWorld(world));

const size = async () => Number((await rows(hk.db.appUrl, 'select max(size) as size from checkpoint'))[0]?.['size']);
const logged = async (commitments: readonly string[]) => {
  const bytes = commitments.map((commitment) => Buffer.from(commitment, 'base64url'));
  const found = await rows(hk.db.appUrl, 'select count(*) from log_entry where commitment = any($1)', [bytes]);
  return Number(found[0]?.['count']);
};

describe('an entry', () => {
  it('gets a proof that both other jurisdictions witnessed, and that verifies offline', async () => {
    const salt = randomName();
    const commitment = commitmentTo(salt, { type: 'permit.issued', id: 'one' });
    await deliver(hk, [eventOf(commitment)]);
    const proof = await proofOf(hk, commitment);
    const leaf = leafHash(Buffer.from(commitmentTo(salt, { type: 'permit.issued', id: 'one' }), 'base64url'));
    const { cosignatures } = await verifyTlogProof(proof, leaf, trustIn(world, 'hk'));
    expect(cosignatures.map(({ name }) => name).sort()).toEqual([
      'bayway.example/witness/cn',
      'bayway.example/witness/mo',
    ]);
    for (const { time } of cosignatures) expect(Math.abs(Date.now() / 1000 - Number(time))).toBeLessThan(60);
  });

  it('is logged once, however often it is delivered and by however many services', async () => {
    const [event, ...others] = [eventOf(newCommitment()), eventOf(newCommitment())];
    const { commitment } = event.data;
    await expect(deliver(hk, [event, ...others])).resolves.toEqual({ taken: 2 });
    await expect(deliver(hk, [event])).resolves.toEqual({ taken: 1 });
    await expect(deliver(hk, [eventOf(commitment)])).resolves.toEqual({ taken: 1 });
    await proofOf(hk, commitment);
    const before = await size();
    await deliver(hk, [eventOf(commitment)]);
    const last = newCommitment();
    await deliver(hk, [eventOf(last)]);
    await proofOf(hk, last);
    expect([await logged([commitment]), await size()]).toEqual([1, before + 1]);
  });

  it('is refused when it is not the one spelling of 32 bytes, and changes nothing', async () => {
    const before = await rows(
      hk.db.appUrl,
      'select (select count(*) from inbox) i, (select count(*) from pending_entry) p',
    );
    const stray = `${newCommitment().slice(0, -1)}B`;
    const refused = [stray, 'short'].map((commitment) => deliver(hk, [eventOf(newCommitment()), eventOf(commitment)]));
    for (const delivery of refused) await expect(delivery).rejects.toBeInstanceOf(DomainError);
    expect(
      await rows(hk.db.appUrl, 'select (select count(*) from inbox) i, (select count(*) from pending_entry) p'),
    ).toEqual(before);
  });
});

describe('the log', () => {
  it('is derived again from its files, over partial and full tiles and every checkpoint', async () => {
    const commitments = await record(hk, 700);
    await proofOf(hk, commitments.at(-1) ?? '');
    const found = await audit(world, hk);
    expect(found.checkpoint.size).toBe(await size());
    expect(found.olderCheckpoints).toBeGreaterThan(1);
    expect(await logged(commitments)).toBe(700);
    const proof = await proofOf(hk, commitments[350] ?? '');
    await verifyTlogProof(proof, leafHash(Buffer.from(commitments[350] ?? '', 'base64url')), trustIn(world, 'hk'));
  });

  it('continues where it stopped', async () => {
    const before = await size();
    await stop(hk);
    await start(hk);
    const [first] = await rows(hk.db.appUrl, 'select commitment from log_entry where index = 3');
    // Taken in again by a service that has just begun to read what it has.
    await deliver(hk, [eventOf((first?.['commitment'] as Buffer).toString('base64url'))]);
    const [commitment = ''] = await record(hk, 1);
    await proofOf(hk, commitment);
    expect(await size()).toBe(before + 1);
    await audit(world, hk);
  });

  it('has an entry in whichever of its segments it is', async () => {
    const store = hk.running?.app.get(LogStore);
    const far = [3 * SEGMENT - 1, 3 * SEGMENT].map((index) => ({ index, commitment: randomBytes(32) }));
    for (const { index, commitment } of far)
      await rows(hk.db.url, 'insert into log_entry values ($1, $2)', [index, commitment]);
    const near = (await rows(hk.db.appUrl, 'select index::int, commitment from log_entry where index = 2'))[0] as Entry;
    const asked = [...far, near].map(({ commitment }) => commitment);
    const found = await store?.find([...asked, randomBytes(32)]);
    expect(found?.sort((a, b) => a.index - b.index)).toEqual([near, ...far]);
    await rows(hk.db.url, 'delete from log_entry where index >= $1', [3 * SEGMENT - 1]);
  });

  it('is indexed by commitment only within a segment, so that a long log is written as a short one', async () => {
    const sql = "select indexdef from pg_indexes where tablename = 'log_entry' and indexdef ~ 'commitment'";
    expect(await rows(hk.db.appUrl, sql)).toEqual([
      { indexdef: expect.stringContaining('((index >> 20)), commitment') },
    ]);
  });

  it('keeps every entry of many deliveries at once, each once', async () => {
    const batches = Array.from({ length: 20 }, () => Array.from({ length: 25 }, () => eventOf(newCommitment())));
    await Promise.all([...batches, ...batches.slice(0, 5)].map((batch) => deliver(hk, batch)));
    const commitments = batches.flat().map(({ data }) => data.commitment);
    await until(async () => ((await logged(commitments)) === 500 ? true : undefined));
    const found = await audit(world, hk);
    const [{ count, top } = {}] = await rows(hk.db.appUrl, 'select count(*), max(index) as top from log_entry');
    expect(Number(count)).toBe(Number(top) + 1);
    expect(found.checkpoint.size).toBe(Number(count));
  });

  it('cannot be changed by the service itself', async () => {
    const commands = [
      'update log_entry set commitment = commitment where index = 0',
      'delete from log_entry',
      'truncate tile_hash',
      'update checkpoint set note = note',
      'delete from cosignature',
      'delete from witnessed',
      'update directory_line set line = line',
      'delete from alarm',
    ];
    for (const command of commands) await expect(rows(hk.db.appUrl, command)).rejects.toThrow('permission denied');
  });
});

describe('the files over HTTP', () => {
  it('have their media types, and may be kept for ever except the checkpoint', async () => {
    const headersOf = async (path: string) => {
      const { status, headers } = await fetch(`${hk.url}/${path}`);
      return [status, headers.get('content-type'), headers.get('cache-control')];
    };
    expect(await headersOf('checkpoint')).toEqual([200, 'text/plain; charset=utf-8', 'public, max-age=1']);
    const forever = 'public, max-age=31536000, immutable';
    for (const path of ['tile/0/000', 'tile/0/000.p/7', 'tile/entries/000', 'tile/1/000.p/1'])
      expect(await headersOf(path)).toEqual([200, 'application/octet-stream', forever]);
  });

  it.each([
    'tile/0/x001/000',
    'tile/5/000.p/1',
    'tile/0/0',
    'tile/0/000.p/256',
    'tile/0/000/',
    'tile/entries/x999/999',
    'tile/0/%2e%2e/checkpoint',
    `proofs/${'A'.repeat(43)}`,
    'nowhere',
  ])('answer 404 for %s', async (path) => {
    const response = await fetch(`${hk.url}/${path}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ type: expect.stringContaining('route-not-found') });
    expect(response.headers.get('cache-control') ?? '').not.toContain('immutable');
  });

  it.each([
    'proofs/short',
    'checkpoints?after=x',
    'checkpoints?after=-2',
    'checkpoints?before=3',
    'witness/zz/checkpoint',
  ])('answer 400 for %s', async (path) => {
    const response = await fetch(`${hk.url}/${path}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ type: expect.stringContaining('request-invalid') });
  });

  it('say how long the log is and how far the witnesses are', async () => {
    await until(async () => {
      const status = (await getJson(`${hk.url}/status`)) as Record<
        'witnesses' | 'logs',
        { state: string; size: number }[]
      >;
      const isSettled = status.witnesses.every(({ state }) => state === 'current');
      return isSettled && status.logs.every(({ size }) => size > 0) ? true : undefined;
    });
    expect(await getJson(`${hk.url}/status`)).toEqual({
      origin: 'bayway.example/evidence/hk',
      size: await size(),
      signedAt: expect.any(String),
      witnesses: ['mo', 'cn'].map((j) => ({
        name: `bayway.example/witness/${j}`,
        size: expect.any(Number),
        at: expect.any(String),
        state: 'current',
      })),
      logs: ['mo', 'cn'].map((j) => ({
        origin: `bayway.example/evidence/${j}`,
        size: expect.any(Number),
        at: expect.any(String),
        state: 'in-order',
      })),
      alarms: {},
    });
  });
});
