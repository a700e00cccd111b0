import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deferAsk, WaitingAsks } from '@bayway/contracts';
import { newDetail } from '../../test/factories.js';
import { World } from '../../test/world.js';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.stop());

const waitingFor = async (her: ReturnType<World['resident']>): Promise<WaitingAsks['items']> =>
  WaitingAsks.parse((await her.call('GET', '/me/asks')).body).items;

describe('what waits for her answer', () => {
  it('is an ask she was shown, with who asks, what and until when; put off, it still waits', async () => {
    const her = world.resident();
    expect(await waitingFor(her)).toEqual([]);
    const { askId, expiresAt } = await her.compose(newDetail());
    const [asked] = await waitingFor(her);
    expect(asked).toMatchObject({ id: askId, state: 'requested', answerBy: expiresAt, recipient: { place: 'HK' } });
    await world.bus.ask(deferAsk, { askId: askId as never }, { actor: await world.actorToken(her.id) });
    expect(await waitingFor(her)).toMatchObject([{ id: askId, state: 'deferred' }]);
  });

  it('is nothing that she has answered, that has lapsed, or that was asked of another', async () => {
    const her = world.resident();
    await her.consent();
    const { askId } = await her.compose(newDetail());
    await world.query(
      "update ask set created_at = now() - interval '2 hours', expires_at = now() - interval '1 second' where id = $1",
      [askId],
    );
    await world.resident().compose(newDetail());
    expect(await waitingFor(her)).toEqual([]);
  });

  it('deny: whoever shows no token', async () => {
    const { status } = await fetch(`${world.service.url}/me/asks`);
    expect(status).toBe(401);
  });
});
