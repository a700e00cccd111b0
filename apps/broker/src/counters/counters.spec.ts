import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataRequestId, ParticipantId } from '@bayway/domain';
import { digestOf } from '@bayway/envelope';
import fc from 'fast-check';
import { hongKong } from '../../test/participants.js';
import { World, type Side } from '../../test/world.js';
import { CountersStore, type CounterClass, type Person } from './counters.store.js';

let world: World;
let side: Side;
let store: CountersStore;
beforeAll(async () => {
  world = await World.create();
  side = await world.broker('hk', hongKong());
  store = side.running.app.get(CountersStore);
});
afterAll(() => world.end());

const year = 2026;
const newHolder = (): ParticipantId => `holder-${randomUUID().slice(0, 8)}` as ParticipantId;
const newId = (): DataRequestId => randomUUID() as DataRequestId;
const person = (holder: ParticipantId, who: number, kind: CounterClass = 'sensitive'): Person => ({
  holder,
  year,
  class: kind,
  countedAs: digestOf(`person ${who}`),
});
const free = (id: DataRequestId) => side.db.transaction((tx) => store.free(tx, id));
const confirm = (id: DataRequestId) => side.db.transaction((tx) => store.confirm(tx, id));

/** As if so many people had been counted before. */
async function standAt(holder: ParticipantId, people: number): Promise<void> {
  await side.db.query('insert into yearly_counter (holder, year, class, people) values ($1, $2, $3, $4)', [
    ...[holder, year, 'sensitive', people],
  ]);
  await side.db.query(
    `insert into counted_person (holder, year, class, counted_as)
     select $1, $2, 'sensitive', lpad(n::text, 43, '-') from generate_series(1, $3::int) n`,
    [holder, year, people],
  );
}

/** The number that is kept is the number of people. */
async function expectExact(holder: ParticipantId): Promise<void> {
  const wrong = await side.db.query(
    `select * from yearly_counter c where holder = $1 and people <>
      (select count(*) from counted_person p where (p.holder, p.year, p.class) = (c.holder, c.year, c.class))`,
    [holder],
  );
  expect(wrong).toEqual([]);
}

describe('yearly counters', () => {
  it('count a person once, from the reservation on, in her class', async () => {
    const holder = newHolder();
    expect(await store.reserve(newId(), person(holder, 1))).toEqual({ general: 0, sensitive: 1 });
    expect(await store.reserve(newId(), person(holder, 1))).toEqual({ general: 0, sensitive: 1 });
    expect(await store.reserve(newId(), person(holder, 1, 'general'))).toEqual({ general: 1, sensitive: 1 });
    expect(await store.reserve(newId(), person(holder, 2))).toEqual({ general: 1, sensitive: 2 });
  });

  it('count a request once, however often it is tried', async () => {
    const [holder, id] = [newHolder(), newId()];
    for (let tries = 0; tries < 3; tries += 1) await store.reserve(id, person(holder, 1));
    await free(id);
    expect(await store.counts({ holder, year })).toEqual({ general: 0, sensitive: 0 });
  });

  it('never uncount a person whose record left', async () => {
    const [holder, done, other] = [newHolder(), newId(), newId()];
    await store.reserve(done, person(holder, 1));
    await store.reserve(other, person(holder, 1));
    await confirm(done);
    await free(other);
    await free(done);
    expect(await store.counts({ holder, year })).toEqual({ general: 0, sensitive: 1 });
  });

  it('are exact when many count at once', async () => {
    const holder = newHolder();
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, i) => store.reserve(newId(), person(holder, i % 20))),
    );
    expect(Math.max(...answers.map(({ sensitive }) => sensitive))).toBe(20);
    expect(await store.counts({ holder, year })).toEqual({ general: 0, sensitive: 20 });
  });

  it('let exactly as many pass below a threshold as there is room, whoever comes at once and is refused', async () => {
    const [holder, threshold, room] = [newHolder(), 10_000, 7];
    await standAt(holder, threshold - room);
    const passed = await Promise.all(
      Array.from({ length: 120 }, async (_, i) => {
        const id = newId();
        const { sensitive } = await store.reserve(id, person(holder, i % 60));
        if (sensitive < threshold) await confirm(id);
        else await free(id);
        return sensitive < threshold ? i % 60 : null;
      }),
    );
    const people = new Set(passed.filter((who) => who !== null));
    expect(people.size).toBe(room - 1);
    expect(await store.counts({ holder, year })).toEqual({ general: 0, sensitive: threshold - 1 });
    await expectExact(holder);
  });

  it('free what expired, and count it again when it turns out that the record left', async () => {
    const [holder, silent, known] = [newHolder(), newId(), newId()];
    await store.reserve(silent, person(holder, 1));
    await store.reserve(known, person(holder, 2));
    const past = new Date(Date.now() - 1_000);
    await side.db.transaction((tx) => store.letExpire(tx, silent, past));
    await confirm(known);
    await side.db.transaction((tx) => store.letExpire(tx, known, past));
    expect(await store.freeExpired()).toBe(1);
    expect(await store.freeExpired()).toBe(0);
    expect(await store.counts({ holder, year })).toEqual({ general: 0, sensitive: 1 });
    await confirm(silent);
    await confirm(silent);
    expect(await store.counts({ holder, year })).toEqual({ general: 0, sensitive: 2 });
    await expectExact(holder);
  });

  it('keep a reservation that has not expired yet', async () => {
    const [holder, id] = [newHolder(), newId()];
    await store.reserve(id, person(holder, 1));
    await side.db.transaction((tx) => store.letExpire(tx, id, new Date(Date.now() + 60_000)));
    await store.freeExpired();
    expect(await store.counts({ holder, year })).toEqual({ general: 0, sensitive: 1 });
  });

  it('start anew with the year; a request that is tried again after midnight moves, at once with others', async () => {
    const [holder, id] = [newHolder(), newId()];
    const next = { ...person(holder, 1), year: year + 1, countedAs: digestOf('person 1 next year') };
    await store.reserve(id, person(holder, 1));
    await Promise.all([store.reserve(id, next), ...[2, 3].map((who) => store.reserve(newId(), person(holder, who)))]);
    expect(await store.counts({ holder, year })).toEqual({ general: 0, sensitive: 2 });
    expect(await store.counts({ holder, year: year + 1 })).toEqual({ general: 0, sensitive: 1 });
    await confirm(id);
    expect(await store.reserve(id, person(holder, 1))).toEqual({ general: 0, sensitive: 2 });
    await expectExact(holder);
  });

  it('agree with a model under any sequence of reserving, freeing and confirming', async () => {
    const step = fc.record({ act: fc.constantFrom('reserve', 'free', 'confirm'), request: fc.nat(3), who: fc.nat(2) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const holder = newHolder();
        const ids = Array.from({ length: 4 }, newId);
        const model = new Map<number, { who: number; is: 'held' | 'freed' | 'confirmed' }>();
        for (const { act, request, who } of steps) {
          const id = ids[request] as DataRequestId;
          const known = model.get(request);
          if (act === 'reserve') {
            await store.reserve(id, person(holder, who));
            if (known?.is !== 'confirmed') model.set(request, { who, is: 'held' });
          } else if (act === 'confirm') {
            await confirm(id);
            if (known) known.is = 'confirmed';
          } else {
            await free(id);
            if (known?.is === 'held') known.is = 'freed';
          }
        }
        const counted = [...model.values()].filter(({ is }) => is !== 'freed');
        const expected = new Set(counted.map(({ who }) => who)).size;
        expect((await store.counts({ holder, year })).sensitive).toBe(expected);
        await expectExact(holder);
      }),
      { numRuns: 25 },
    );
  });
});
