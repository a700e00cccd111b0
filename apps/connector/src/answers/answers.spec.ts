import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openRecord, type RecordClaims } from '@bayway/envelope';
import { CANARY } from '../../test/holder-system.js';
import { BANK, codeOf, HOLDER, World } from '../../test/world.js';
import { monthsBefore, rangeOf } from '../records/answers.js';
import { assertMayAnswer } from './answer-limit.js';

let world: World;
beforeAll(async () => {
  world = await World.create();
});
afterAll(() => world.end());
beforeEach(async () => {
  world.reset();
  await world.db.query('delete from answer_given');
});

const ask = (items: string[], request: Record<string, unknown> = {}, signer?: string) =>
  world.order({ request: { mode: 'answer', items, ...request }, ...(signer ? { signer } : {}) });
async function answered(items: string[], request: Record<string, unknown> = {}): Promise<RecordClaims> {
  const order = await ask(items, request);
  await world.release(order);
  const trust = { by: `cn/participant/${HOLDER}`, keys: await world.trust.directory(), at: new Date() };
  const opened = await openRecord(await world.fetch(order.dataRequestId), world.trust.key(BANK, 'enc'), trust);
  return opened.record;
}
const refusedWith = async (items: string[], request: Record<string, unknown> = {}) =>
  codeOf(world.release(await ask(items, request)));
const kept = () => world.db.query<Record<string, unknown>[]>('select * from answer_given order by answer');

describe('mode `answer`', () => {
  it('releases the answers and nothing of what they were drawn from', async () => {
    const record = await answered(['no-default-24-months', 'balance-range']);
    expect(record.mode).toBe('answer');
    expect(record.items).toEqual({ 'no-default-24-months': false, 'balance-range': { from: 1000, below: 5000 } });
    expect(JSON.stringify(record)).not.toContain(CANARY);
    expect(world.asked.at(-1)?.items).toEqual(['no-default-24-months', 'balance-range']);
  });

  it('draws them within retention: a default past its time is not hinted at', async () => {
    expect((await answered(['no-default-72-months'])).items).toEqual({ 'no-default-72-months': true });
  });

  it('draws them from the days that she allowed', async () => {
    const data_range = { from: '2024-01-01', to: '2024-12-31' };
    expect((await answered(['balance-range'], { data_range })).items).toEqual({
      'balance-range': { from: 0, below: 1000 },
    });
  });

  it('says null where there is nothing to put into a range', async () => {
    expect((await answered(['nothing-range'])).items).toEqual({ 'nothing-range': null });
  });

  it.each(['whole-record', 'wrong-type', 'failing'])(
    'fails rather than let `%s` say more than an answer',
    async (id) => {
      expect(await refusedWith([id])).toBe('record-invalid');
      expect(await kept()).toEqual([]);
    },
  );

  it('takes no items for answers, and no answers for items', async () => {
    expect(await refusedWith(['accounts'])).toBe('item-unknown');
    expect(await codeOf(world.release(await world.order({ request: { items: ['balance-range'] } })))).toBe(
      'item-unknown',
    );
    expect(await refusedWith(['balance-over-1234'])).toBe('item-unknown');
  });
});

describe('the limit of answers', () => {
  it('refuses a repetition within its days, before leave is asked for, and asks nobody what the answer was', async () => {
    await answered(['balance-range']);
    world.asked.length = 0;
    expect(await refusedWith(['balance-range'])).toBe('request-answers-used-up');
    expect(world.asked).toEqual([]);
  });

  it('refuses one answer too many about the same person to the same recipient, under whatever handle', async () => {
    await answered(['balance-range', 'no-default-24-months']);
    await answered(['no-default-72-months']);
    expect(await refusedWith(['nothing-range'])).toBe('request-answers-used-up');
  });

  it('counts each person and each recipient by itself', async () => {
    await answered(['balance-range']);
    world.documents = [{ kind: 'home-return-permit', number: 'H87654321' }];
    expect((await answered(['no-default-24-months'])).items).toEqual({ 'no-default-24-months': true });
    expect(await refusedWith(['balance-range'])).toBe('accepted');
  });

  it('opens again when its days are over, and forgets what nobody looks back to', async () => {
    await answered(['balance-range']);
    await world.db.query(`update answer_given set given_at = given_at - interval '91 days'`);
    expect(await refusedWith(['balance-range'])).toBe('accepted');
  });

  it('holds when two requests come at once', async () => {
    const orders = await Promise.all([ask(['balance-range']), ask(['balance-range']), ask(['balance-range'])]);
    const codes = await Promise.all(orders.map((order) => codeOf(world.release(order))));
    expect(codes.sort()).toEqual(['accepted', 'request-answers-used-up', 'request-answers-used-up']);
    expect(await kept()).toHaveLength(1);
  });

  it('keeps neither answers nor who it was', async () => {
    await answered(['balance-range']);
    const [row] = await kept();
    expect(Object.keys(row ?? {}).sort()).toEqual(
      ['answer', 'data_request_id', 'dataset', 'given_at', 'importer', 'person', 'recipient'].sort(),
    );
    expect(JSON.stringify(row)).not.toMatch(/H12345678|1234|5000/);
  });

  it('is measured by what was given', () => {
    const limit = { different: 2, times: 2, days: 30 };
    expect(() => assertMayAnswer(['a'], [{ answer: 'a', times: 1 }], limit)).not.toThrow();
    expect(() => assertMayAnswer(['a'], [{ answer: 'a', times: 2 }], limit)).toThrow();
    expect(() =>
      assertMayAnswer(
        ['c'],
        [
          { answer: 'a', times: 1 },
          { answer: 'b', times: 1 },
        ],
        limit,
      ),
    ).toThrow();
  });
});

describe('ranges and months', () => {
  it.each([
    [-1, { from: null, below: 0 }],
    [0, { from: 0, below: 10 }],
    [9.99, { from: 0, below: 10 }],
    [10, { from: 10, below: null }],
  ])('puts %s where it belongs', (value, range) => {
    expect(rangeOf(value, [0, 10])).toEqual(range);
  });

  it.each([
    ['2026-11-24', 24, '2024-11-24'],
    ['2024-02-29', 12, '2023-02-28'],
    ['2026-03-31', 1, '2026-02-28'],
    ['2026-01-15', 2, '2025-11-15'],
  ])('%s minus %i months is %s', (day, months, before) => {
    expect(monthsBefore(day, months)).toBe(before);
  });
});
