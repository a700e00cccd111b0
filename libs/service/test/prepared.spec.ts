import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '@bayway/testing';
import pg from 'pg';
import { prepared, PreparingClient, trails } from '../src/prepared.js';

let database: TestDatabase;
let watcher: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  watcher = new pg.Client({ connectionString: database.ownerUrl });
  await watcher.connect();
});
afterAll(async () => {
  await watcher.end();
  await database.drop();
});

let client: pg.Client;
beforeEach(async () => {
  client = new PreparingClient({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query('create temporary table kept (id int primary key)');
});
afterEach(() => client.end());

const HOT = prepared('select $1::int + 1 as sum');
const KEEP = trails('insert into kept (id) values ($1)');

/** What PostgreSQL says of the client's session. */
const session = async () => {
  const pid = (client as unknown as { processID: number }).processID;
  const { rows } = await watcher.query('select state, query from pg_stat_activity where pid = $1', [pid]);
  return rows[0] as { state: string; query: string };
};
const kept = async () => (await client.query('select id from kept order by id')).rows.map(({ id }) => id as number);

describe('a statement declared as prepared', () => {
  it('is prepared once per connection and answers for each values; another one is not prepared', async () => {
    const sums: unknown[] = [];
    for (const value of [1, 41]) sums.push((await client.query(HOT, [value])).rows);
    await client.query('select $1::int as other', [1]);
    const { rows } = await client.query('select statement from pg_prepared_statements');
    expect(sums).toEqual([[{ sum: 2 }], [{ sum: 42 }]]);
    expect(rows).toEqual([{ statement: HOT }]);
  });
});

describe('what nobody waits for', () => {
  it('is sent with the statement after it: a begin, and a trailing write', async () => {
    await client.query('select 1 as before');
    await client.query('START TRANSACTION');
    await client.query(KEEP, [1]);
    expect(await session()).toEqual({ state: 'idle', query: 'select 1 as before' });
    expect((await client.query(HOT, [1])).rows).toEqual([{ sum: 2 }]);
    expect(await session()).toEqual({ state: 'idle in transaction', query: HOT });
    await client.query(KEEP, [2]);
    expect((await session()).query).toBe(HOT);
    await client.query('COMMIT');
    expect(await session()).toEqual({ state: 'idle', query: 'COMMIT' });
    expect(await kept()).toEqual([1, 2]);
  });

  it('is not sent when nothing follows, or when it is undone', async () => {
    await client.query('select 1 as before');
    for (const end of ['COMMIT', 'ROLLBACK']) {
      await client.query('START TRANSACTION');
      await client.query(end);
    }
    await client.query('START TRANSACTION');
    await client.query(KEEP, [1]);
    await client.query('ROLLBACK');
    expect(await session()).toEqual({ state: 'idle', query: 'select 1 as before' });
    await client.query('START TRANSACTION');
    await client.query(HOT, [1]);
    await client.query(KEEP, [1]);
    await client.query('ROLLBACK');
    expect(await kept()).toEqual([]);
  });

  it.each([
    { name: 'with the commit', statements: [] },
    { name: 'with a statement before it', statements: [HOT] },
  ])('fails $name, and nothing of its transaction is kept', async ({ statements }) => {
    await client.query(KEEP, [1]);
    await client.query('START TRANSACTION');
    for (const id of [2, 1]) await client.query(KEEP, [id]);
    const end = (async () => {
      for (const sql of statements) await client.query(sql, [1]);
      await client.query('COMMIT');
    })();
    await expect(end).rejects.toMatchObject({ code: '23505' });
    await client.query('ROLLBACK');
    expect(await kept()).toEqual([1]);
  });

  it('is sent at once outside of a transaction', async () => {
    await client.query(KEEP, [1]);
    expect((await session()).query).toBe(KEEP);
    expect(await kept()).toEqual([1]);
  });

  it('is undone to a savepoint, and no further', async () => {
    await client.query('START TRANSACTION');
    await client.query(KEEP, [1]);
    await client.query('SAVEPOINT typeorm_1');
    await client.query(KEEP, [2]);
    await client.query('ROLLBACK TO SAVEPOINT typeorm_1');
    await client.query('COMMIT');
    expect(await kept()).toEqual([1]);
  });
});
