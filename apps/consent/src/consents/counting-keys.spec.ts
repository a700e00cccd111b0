import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { World } from '../../test/world.js';
import { CountingKeys, type Counted } from './counting-keys.store.js';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.stop());

const keys = (): CountingKeys => new CountingKeys(world.service.app.get(DataSource));
const she: Counted = { subjectId: randomUUID(), holder: 'pengwan-credit', year: 2030 };
const kept = async (): Promise<number[]> => {
  const rows = await world.query<{ year: number }>('select distinct year from counting_key order by year', []);
  return rows.map(({ year }) => year);
};

describe('the name a person is counted under', () => {
  it('is the same all year, whoever asks, and rests on a key that only the database holds', async () => {
    const name = await keys().nameOf(she);
    expect(name).toMatch(/^[\w-]{43}$/);
    expect(await keys().nameOf(she)).toBe(name);
    await world.query(`update counting_key set key = $1 where holder = 'pengwan-credit' and year = 2030`, [
      'A'.repeat(43),
    ]);
    expect(await keys().nameOf(she)).not.toBe(name);
  });

  it('is another one next year, for another holder or person', async () => {
    const others: Counted[] = [
      { ...she, year: 2031 },
      { ...she, holder: 'other' },
      { ...she, subjectId: randomUUID() },
    ];
    const names = await Promise.all([she, ...others].map((each) => keys().nameOf(each)));
    expect(new Set(names).size).toBe(4);
  });

  it('is one when many ask at once in the first moment of a year', async () => {
    const names = await Promise.all(Array.from({ length: 25 }, () => keys().nameOf({ ...she, holder: 'new' })));
    expect(new Set(names).size).toBe(1);
  });

  it('can be told by nobody once the year after is over', async () => {
    await keys().nameOf({ ...she, year: 2031 });
    expect(await kept()).toEqual(expect.arrayContaining([2030, 2031]));
    await keys().nameOf({ ...she, year: 2032 });
    expect(await kept()).toEqual(expect.not.arrayContaining([2030]));
    expect(await kept()).toEqual(expect.arrayContaining([2031, 2032]));
  });
});
