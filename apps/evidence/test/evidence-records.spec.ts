import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Bus } from '@bayway/service';
import { endWorld, newWorld, start, type World } from './fixture.js';
import { endKeepers, type Keepers, startKeepers } from './keepers.js';

let world: World;
let keepers: Keepers;
const cn = () => world.sides.cn;

beforeAll(async () => {
  world = await newWorld();
  await start(cn());
  keepers = await startKeepers(world, cn(), ['consent']);
}, 120_000);
afterAll(async () => {
  await endKeepers(Object.values(keepers));
  await endWorld(world);
}, 60_000);

describe('the evidence records of a service', () => {
  const ask = async (body: unknown): Promise<unknown> => {
    const bus = await Bus.connect({ url: cn().nats.url, user: 'cn-evidence', password: 'not-checked-by-this-server' });
    return bus.request('consent.evidence-records.v1', body).finally(() => bus.close());
  };

  it.each([
    [{}, 'request-invalid'],
    [{ after: 'first' }, 'request-invalid'],
    [{ after: null, limit: 1_000_000 }, 'request-invalid'],
  ])('are not shown to %j', async (body, code) => {
    await expect(ask(body)).rejects.toMatchObject({ code });
  });

  it('after one that is not there are none', async () => {
    expect(await ask({ after: randomUUID() })).toEqual({ statements: [] });
  });
});
