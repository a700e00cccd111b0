import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { consentEnded } from '@bayway/contracts';
import { releasesIn, requestFor, type Given } from '../../test/releases.js';
import { World, type Resident } from '../../test/world.js';
import { ConsentsService } from '../consents/consents.service.js';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.stop());

const { permit, release, receive } = releasesIn(() => world);
const view = async (her: Resident, { consentId }: Given) => (await her.call('GET', `/me/consents/${consentId}`)).body;

describe('what becomes of a use', () => {
  it('is shown: released, then received', async () => {
    const her = world.resident();
    const consent = await her.consent();
    const asked = requestFor(consent);
    await release(asked, await permit(asked));
    expect(await view(her, consent)).toMatchObject({ uses: [{ releasedAt: expect.any(String), receivedAt: null }] });
    await receive(asked);
    expect(await view(her, consent)).toMatchObject({ state: 'given', uses: [{ receivedAt: expect.any(String) }] });
  });

  it('is shown when the receipt comes first', async () => {
    const her = world.resident();
    const consent = await her.consent({ max_uses: 1 });
    const asked = requestFor(consent);
    const jws = await permit(asked);
    await receive(asked);
    await release(asked, jws);
    expect(await view(her, consent)).toMatchObject({ state: 'used-up', uses: [{ receivedAt: expect.any(String) }] });
  });

  it('counts a fact once however often it is delivered', async () => {
    const consent = await world.resident().consent({ max_uses: 2 });
    const asked = requestFor(consent);
    const jws = await permit(asked);
    await release(asked, jws);
    await release(asked, jws);
    const [row] = await world.query('select state from consent where id = $1', [consent.consentId]);
    expect(row).toEqual({ state: 'given' });
  });

  it('is not changed by a release that no permit of ours allowed', async () => {
    const her = world.resident();
    const consent = await her.consent();
    const asked = requestFor(consent);
    const [jws, other] = [await permit(asked), await permit(requestFor(consent))];
    await release(asked, other);
    await release({ ...asked, consentId: randomUUID() }, jws);
    await receive({ ...asked, consentId: randomUUID() });
    expect(await view(her, consent)).toMatchObject({
      uses: [{ releasedAt: null }, { releasedAt: null, receivedAt: null }],
    });
  });

  it('ends the consent with the last release, which the others hear once nothing is on its way', async () => {
    const consents = world.service.app.get(ConsentsService);
    const told = async () =>
      (
        await world.query('select 1 from outbox where subject = $1 and aggregate = $2', [
          consentEnded.subject,
          consent.consentId,
        ])
      ).length;
    const her = world.resident();
    const consent = await her.consent({ max_uses: 1 });
    const asked = requestFor(consent);
    await release(asked, await permit(asked));
    await consents.sweep();
    expect(await view(her, consent)).toMatchObject({ state: 'used-up', endedAt: expect.any(String) });
    expect(await told()).toBe(0);
    await receive(asked);
    await consents.sweep();
    expect(await told()).toBe(3);
    await consents.sweep();
    expect(await told()).toBe(3);
    const withdrawal = await her.call('POST', `/me/consents/${consent.consentId}/withdrawal`);
    expect(withdrawal.body).toMatchObject({ state: 'withdrawn', uses: [{ dataRequestId: asked.dataRequestId }] });
    expect(await told()).toBe(6);
  });

  it('of an expired consent is waited for no longer than the record is available', async () => {
    const consents = world.service.app.get(ConsentsService);
    const consent = await world.resident().consent();
    const asked = requestFor(consent);
    await release(asked, await permit(asked));
    await world.query("update consent set expires_at = now() - interval '1 second' where id = $1", [consent.consentId]);
    await consents.sweep();
    const untold = 'select end_told_at is null as untold, state from consent where id = $1';
    expect(await world.query(untold, [consent.consentId])).toEqual([{ untold: true, state: 'expired' }]);
    await consents.sweep(new Date(Date.now() + 901_000));
    expect(await world.query(untold, [consent.consentId])).toEqual([{ untold: false, state: 'expired' }]);
  });
});
