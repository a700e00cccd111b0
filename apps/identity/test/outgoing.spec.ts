import { createServer as overHttp } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as oc from 'openid-client';
import { guardedFetch } from '../src/oidc/outgoing.js';
import { App, appKey, initialAccessToken, register, registration } from './app.js';
import { REDIRECT_URI } from './partner.js';
import { enrol, startWorld, type World } from './world.js';

let world: World;
/** Something inside that an app must not reach through us. */
let inside: Server;
let port: number;
let reached = 0;
beforeAll(async () => {
  inside = createServer((socket) => {
    reached += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
  port = (inside.address() as AddressInfo).port;
  world = await startWorld();
}, 60_000);
afterAll(async () => {
  inside.close();
  await world.stop();
});

/** A name that has a private address is as good as a rebound one: what was looked up is what would be connected to. */
const INSIDE = ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0.0.0.0', '2130706433', '127.1'];
const at = (host: string): string => `https://${host}:${port}/here`;

describe('addresses that an app names (SSRF)', () => {
  it.each(INSIDE)('reads no keys at %s', async (host) => {
    const { key, kid } = await appKey('RS256');
    const metadata = { jwks_uri: at(host), token_endpoint_auth_method: 'private_key_jwt' };
    const app = await App.at(world.hk, await register(world.hk, metadata), oc.PrivateKeyJwt({ key, kid }));
    const asked = oc.tokenIntrospection(app.config, 'x'.repeat(43));
    await expect(asked).rejects.toMatchObject({ error: expect.stringMatching(/^invalid_client/) });
    expect(reached).toBe(0);
  });

  it.each(INSIDE)('reads no sector at %s', async (host) => {
    const body = { redirect_uris: [REDIRECT_URI], sector_identifier_uri: at(host) };
    const answer = await registration(world.hk, { token: await initialAccessToken(world.hk), body });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_client_metadata' } });
    expect(reached).toBe(0);
  });

  it('tells no log-out there, and she is signed out all the same', async () => {
    enrol(world, 'ssrf');
    const metadata = { backchannel_logout_uri: at('localhost'), backchannel_logout_session_required: true };
    const app = await App.at(world.hk, await register(world.hk, metadata));
    const { tokens, browser } = await app.tokens('ssrf');
    const url = oc.buildEndSessionUrl(app.config, { id_token_hint: tokens.id_token ?? '' });
    await browser.submit(await browser.open(url.href), 'op.logoutForm', { logout: 'yes' });
    expect((await browser.open(`${world.hk.issuer}/account`)).status).toBe(401);
    expect(reached).toBe(0);
  });

  it('follows no redirect to it', async () => {
    const outside = overHttp((_request, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${port}/here` }).end();
    });
    await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
    const { port: open } = outside.address() as AddressInfo;
    const fetched = guardedFetch(['127.0.0.1'])(`http://127.0.0.1:${open}/keys`, { method: 'GET' });
    await expect(fetched).rejects.toMatchObject({ code: 'REDIRECTED' });
    expect(reached).toBe(0);
    outside.close();
  });

  it.each(['http://keys.example/jwks', 'https://user:secret@keys.example/jwks', 'ftp://keys.example/jwks'])(
    'asks nobody at %s',
    async (url) => {
      await expect(guardedFetch()(url, {})).rejects.toThrow();
    },
  );
});
