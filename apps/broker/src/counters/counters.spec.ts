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
    expect(await store.counts(holder, year)).toEqual({ general: 0, sensitive: 0 });
  });

  it('never uncount a person whose record left', async () => {
    const [holder, done, other] = [newHolder(), newId(), newId()];
    await store.reserve(done, person(holder, 1));
    await store.reserve(other, person(holder, 1));
    await confirm(done);
    await free(other);
    await free(done);
    expect(await store.counts(holder, year)).toEqual({ general: 0, sensitive: 1 });
  });

  it('are exact when many count at once', async () => {
    const holder = newHolder();
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, i) => store.reserve(newId(), person(holder, i % 20))),
    );
    expect(Math.max(...answers.map(({ sensitive }) => sensitive))).toBe(20);
    expect(await store.counts(holder, year)).toEqual({ general: 0, sensitive: 20 });
  });

  it('agree with a model under any sequence of reserving, freeing and confirming', async () => {
    const step = fc.record({ act: fc.constantFrom('reserve', 'free', 'confirm'), request: fc.nat(3), who: fc.nat(2) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const holder = newHolder();
        const ids = Array.from({ length: 4 }, newId);
        const model = new Map<number, { who: number; confirmed: boolean }>();
        for (const { act, request, who } of steps) {
          const id = ids[request] as DataRequestId;
          const held = model.get(request);
          if (act === 'reserve') {
            await store.reserve(id, person(holder, who));
            if (!held) model.set(request, { who, confirmed: false });
          } else if (act === 'confirm') {
            await confirm(id);
            if (held) held.confirmed = true;
          } else {
            await free(id);
            if (held && !held.confirmed) model.delete(request);
          }
        }
        const expected = new Set([...model.values()].map(({ who }) => who)).size;
        expect((await store.counts(holder, year)).sensitive).toBe(expected);
      }),
      { numRuns: 25 },
    );
  });
});
