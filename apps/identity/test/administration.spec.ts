import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { Browser } from './browser.js';
import { signInAt } from './walk.js';
import { administrationAt, consoleAt, enrol, startWorld, type World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
}, 60_000);
afterAll(() => world.stop());

/** The access token that somebody gets at one of the two consoles. */
async function tokenOf(login: string, kind: 'console' | 'administration') {
  const client = await (kind === 'console' ? consoleAt : administrationAt)(world, world.cn);
  const attempt = await client.attempt({
    scope: `openid profile ${kind === 'console' ? 'consent' : 'administration'}`,
  });
  const browser = new Browser();
  const back = await signInAt(browser, await browser.open(attempt.url), 'shenzhen', login);
  const tokens = await client.redeem(attempt, back.url);
  return { first: decodeJwt(tokens.access_token) };
}

describe('the administrators’ console', () => {
  it('gets a token for consent that names the roles of whoever the settings name', async () => {
    enrol(world, 'olga');
    const { first } = await tokenOf('olga', 'administration');
    expect(first).toMatchObject({
      aud: 'urn:bayway:cn:consent',
      scope: 'administration',
      roles: ['consent-administrator', 'regulator'],
    });
  });

  it('deny: somebody the settings do not name has no role', async () => {
    enrol(world, 'paula');
    expect((await tokenOf('paula', 'administration')).first['roles']).toEqual([]);
  });

  it('deny: an administrator in her own portal is a resident', async () => {
    const { first } = await tokenOf('olga', 'console');
    expect([first['scope'], first['roles']]).toEqual(['consent', undefined]);
  });

  it('deny: an administrator who signed in less surely has no role', async () => {
    enrol(world, 'olga', { cn: 'gd-2' });
    const { first } = await tokenOf('olga', 'administration');
    expect(first['roles']).toEqual([]);
  });
});
