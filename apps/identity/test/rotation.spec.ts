import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Keys } from '@bayway/service';
import { decodeProtectedHeader } from 'jose';
import { Browser } from './browser.js';
import { Partner } from './partner.js';
import { obtain, signInAt } from './walk.js';
import { enrol, partnerAt, SECOND, startWorld, type World } from './world.js';

let world: World;
let bank: Partner;
beforeAll(async () => {
  world = await startWorld();
  bank = await partnerAt(world, world.hk);
}, 60_000);
afterAll(() => world.stop());

const jwks = async (): Promise<string[]> => {
  const { keys } = (await (await fetch(`${world.hk.issuer}/jwks`)).json()) as { keys: { kid: string; alg: string }[] };
  return keys.filter(({ alg }) => alg === 'ES256').map(({ kid }) => kid);
};
/** What both services do every five seconds; a provider takes it up within half a second. */
const reload = async () => {
  await Promise.all([world.hk, world.cn].map(({ identity }) => identity.app.get(Keys).refresh()));
  await new Promise((resolve) => setTimeout(resolve, 600));
};
const sealedKid = (token: string): unknown => decodeProtectedHeader(token).kid;

describe('a rotation of the keys of an identity service that goes on running', () => {
  it('of `oidc`: the new key is published first, signs from its time on, and the old one signs nothing once revoked', async () => {
    const old = world.trust.key('hk/identity', 'oidc');
    expect(await jwks()).toEqual([old.kid]);
    await world.trust.enter('hk/identity', ['oidc'], { from: new Date(Date.now() + 12_000) });
    const young = world.trust.key('hk/identity', 'oidc');
    await reload();
    expect(await jwks()).toEqual([old.kid, young.kid]);
    enrol(world, 'before');
    expect(sealedKid((await obtain(world, bank, { login: 'before' })).tokens.access_token)).toBe(old.kid);

    // An authorization request that began under the old key ends under the new one.
    enrol(world, 'between');
    const browser = new Browser();
    const attempt = await bank.attempt({});
    const picker = await browser.open(attempt.url);
    for (let waited = 0; (await jwks())[0] === old.kid && waited < 60_000; waited += 250)
      await new Promise((resolve) => setTimeout(resolve, 250));
    expect(await jwks()).toEqual([young.kid, old.kid]);
    const back = await signInAt(browser, picker, 'hong-kong', 'between');
    expect(sealedKid((await bank.redeem(attempt, back.url)).id_token ?? '')).toBe(young.kid);

    await world.trust.revoke(old);
    await reload();
    expect(await jwks()).toEqual([young.kid]);
    enrol(world, 'after');
    expect(sealedKid((await obtain(world, bank, { login: 'after' })).tokens.access_token)).toBe(young.kid);
  }, 120_000);

  it('of `client`: the other side’s provider knows the new key, and refuses the old one once it is revoked', async () => {
    const old = world.trust.key('hk/identity', 'client');
    await world.trust.enter('hk/identity', ['client']);
    await reload();
    world.hk.city.knows(world.trust.key('hk/identity', 'client'));
    enrol(world, 'client-rotated');
    await obtain(world, bank, { login: 'client-rotated' });
    await world.trust.revoke(old);
    await reload();
    enrol(world, 'client-revoked');
    await obtain(world, bank, { login: 'client-revoked' });
    const thief = await Partner.connect(world.cn.issuer, 'op-hk', old);
    await expect(thief.attempt({})).rejects.toMatchObject({ error: 'invalid_client' });
  });

  it('of a partner: a key entered a moment ago is found when it is used, and one revoked is refused', async () => {
    const owner = 'hk/participant/harbour-bank';
    const old = await partnerAt(world, world.hk, SECOND);
    await old.attempt({});
    const before = world.trust.key(owner, 'client');
    await world.trust.enter(owner, ['client']);
    const young = await partnerAt(world, world.hk, SECOND);
    await young.attempt({});
    await old.attempt({});
    await world.trust.revoke(before);
    await reload();
    await expect(old.attempt({})).rejects.toMatchObject({ error: 'invalid_client' });
    await young.attempt({});
  });
});
