import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openRecord } from '@bayway/envelope';
import { BANK, codeOf, HOLDER, World } from '../../test/world.js';

let world: World;
beforeAll(async () => {
  world = await World.create();
});
afterAll(() => world.end());
beforeEach(() => world.reset());

const items = ['subject-name', 'accounts', 'months'];
const year = { from: '2024-01-01', to: '2024-12-31' };

/** What the bank reads, of what it asked for. */
async function recordFor(request: Record<string, unknown>) {
  const order = await world.order({ request: { items, ...request } });
  await world.release(order);
  const trust = { by: `cn/participant/${HOLDER}`, keys: await world.trust.directory(), at: new Date() };
  return (await openRecord(await world.fetch(order.dataRequestId), world.trust.key(BANK, 'enc'), trust)).record;
}

describe('the days that she allowed', () => {
  it('are all that leaves the holder: rows of other days are in no record, the rest of it is', async () => {
    const record = await recordFor({ data_range: year });
    expect(record.data_range).toEqual(year);
    const of = (item: string) => record.items[item as never] as Record<string, unknown>[];
    expect(record.items['subject-name' as never]).toMatchObject({ name: '陳美怡' });
    expect(of('accounts').map(({ opened_on }) => opened_on)).toEqual(['2024-05-01']);
    expect(of('months').map(({ month }) => month)).toEqual(
      Array.from({ length: 12 }, (_, month) => `2024-${String(month + 1).padStart(2, '0')}`),
    );
  });

  it('are told to consent with the request for leave, and are the permit’s', async () => {
    await recordFor({ data_range: year });
    expect(world.asked).toMatchObject([{ dataRange: year }]);
    // The permit of a consent that covers less than what was read is no leave.
    world.permitClaims = { dataRange: { from: '2024-02-01', to: '2024-12-31' } };
    const less = await world.order({ request: { items, data_range: year } });
    expect(await codeOf(world.release(less))).toBe('permit-invalid');
    const whole = await world.order({ request: { items } });
    expect(await codeOf(world.release(whole))).toBe('permit-invalid');
  });

  it('are no limit where none was asked for', async () => {
    const record = await recordFor({});
    expect(record).not.toHaveProperty('data_range');
    expect(record.items['months' as never]).toHaveLength(16);
  });
});

describe('how long the recipient keeps it', () => {
  it('stands in the record under the holder’s signature, and consent is asked whether she allowed it', async () => {
    const record = await recordFor({ retention_until: '2099-12-31' });
    expect(record.retention_until).toBe('2099-12-31');
    expect(world.asked).toMatchObject([{ retentionUntil: '2099-12-31' }]);
  });
});
