import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '@bayway/testing';
import type pg from 'pg';
import { prepared, PreparingClient } from '../src/prepared.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const HOT = prepared('select $1::int + 1 as sum');

describe('a statement declared as prepared', () => {
  it('is prepared once per connection and answers for each values; another one is not prepared', async () => {
    const client: pg.Client = new PreparingClient({ connectionString: database.appUrl });
    await client.connect();
    const sums: unknown[] = [];
    for (const value of [1, 41]) sums.push((await client.query(HOT, [value])).rows);
    await client.query('select $1::int as other', [1]);
    const { rows } = await client.query('select statement from pg_prepared_statements');
    await client.end();
    expect(sums).toEqual([[{ sum: 2 }], [{ sum: 42 }]]);
    expect(rows).toEqual([{ statement: HOT }]);
  });
});
