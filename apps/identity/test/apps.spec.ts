import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import * as oc from 'openid-client';
import { App, appKey, fapiMetadata, isRelease, register, registration } from './app.js';
import { Browser, textOf } from './browser.js';
import { signInAt } from './walk.js';
import { creditReport, enrol, startWorld, type World } from './world.js';

let world: World;
let app: App;
beforeAll(async () => {
  world = await startWorld();
  world.hk.city.people.clear();
  for (const login of ['ada', 'bea', 'cho']) enrol(world, login);
  app = await App.at(world.hk, await register(world.hk));
}, 60_000);
afterAll(() => world.stop());

describe('an app that registered itself (plain OpenID Connect)', () => {
  it('signs somebody in with a secret and PKCE; its ID token is RS256, its name for her pairwise', async () => {
    const { tokens } = await app.tokens('ada');
    expect(decodeProtectedHeader(tokens.id_token ?? '').alg).toBe('RS256');
    const sub = tokens.claims()?.sub;
    const again = await app.tokens('ada');
    expect(again.tokens.claims()?.sub).toBe(sub);
    const other = await App.at(world.hk, await register(world.hk, { redirect_uris: ['https://client.example/cb'] }));
    expect((await other.tokens('ada')).tokens.claims()?.sub).toBe(sub);
    const elsewhere = await register(world.hk, { redirect_uris: ['https://elsewhere.example/cb'] });
    const third = await App.at(world.hk, elsewhere);
    const { page, attempt } = await stoppingAt(third, 'ada', 'https://elsewhere.example/cb');
    const theirs = await oc.authorizationCodeGrant(third.config, new URL(page.url), attempt.checks);
    expect(theirs.claims()?.sub).not.toBe(sub);
  });

  it('gets her name only when she chooses so, and asks her again on `prompt=consent`', async () => {
    const { page, attempt, browser } = await app.signIn('bea', { scope: 'openid profile' });
    expect(isRelease(page)).toBe(true);
    expect(textOf(page)).toContain('Library card would like to know about you');
    expect(page.html).not.toContain('checked');
    const back = await browser.submit(page, 'release-form', { do: 'release' });
    const without = await oc.authorizationCodeGrant(app.config, new URL(back.url), attempt.checks);
    const sub = without.claims()?.sub ?? '';
    expect(await oc.fetchUserInfo(app.config, without.access_token, sub)).toEqual({ sub });
    const again = await app.signIn('bea', { scope: 'openid profile', prompt: 'consent' }, browser);
    const yes = await browser.submit(again.page, 'release-form', { do: 'release', 'release.name': 'yes' });
    const named = await oc.authorizationCodeGrant(app.config, new URL(yes.url), again.attempt.checks);
    expect(await oc.fetchUserInfo(app.config, named.access_token, sub)).toEqual({
      sub,
      name: '名bea',
      name_latin: 'BEA',
    });
  });

  it('is told when she cancels', async () => {
    const { page, attempt, browser } = await app.signIn('cho', { scope: 'openid profile' });
    const back = await browser.submit(page, 'cancel-form', { do: 'cancel' });
    await expect(oc.authorizationCodeGrant(app.config, new URL(back.url), attempt.checks)).rejects.toMatchObject({
      error: 'access_denied',
    });
  });

  it('gets single claims by the claims parameter, when she chooses so', async () => {
    const claims = JSON.stringify({ id_token: { name: { essential: true }, auth_time: null } });
    const { page, attempt, browser } = await app.signIn('cho', { claims });
    const back = await browser.submit(page, 'release-form', { do: 'release', 'release.name': 'yes' });
    const tokens = await oc.authorizationCodeGrant(app.config, new URL(back.url), attempt.checks);
    expect(tokens.claims()).toMatchObject({ name: '名cho', auth_time: expect.any(Number) });
  });

  it('rotates refresh tokens; one used twice ends all of them', async () => {
    const { tokens } = await app.tokens('ada');
    const second = await oc.refreshTokenGrant(app.config, tokens.refresh_token ?? '');
    expect(second.refresh_token).not.toBe(tokens.refresh_token);
    const third = await oc.refreshTokenGrant(app.config, second.refresh_token ?? '');
    const reuse = oc.refreshTokenGrant(app.config, second.refresh_token ?? '');
    await expect(reuse).rejects.toMatchObject({ error: 'invalid_grant' });
    const end = oc.refreshTokenGrant(app.config, third.refresh_token ?? '');
    await expect(end).rejects.toMatchObject({ error: 'invalid_grant' });
    expect(await oc.tokenIntrospection(app.config, third.access_token)).toEqual({ active: false });
  });

  it('ends all when a refresh token is used twice at the same moment', async () => {
    const { tokens } = await app.tokens('ada');
    const both = await Promise.allSettled(
      [1, 2].map(() => oc.refreshTokenGrant(app.config, tokens.refresh_token ?? '')),
    );
    const won = both.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(won.length).toBeLessThan(2);
    for (const { refresh_token } of won)
      await expect(oc.refreshTokenGrant(app.config, refresh_token ?? '')).rejects.toMatchObject({
        error: 'invalid_grant',
      });
  });

  it('introspects and revokes its own tokens, and nobody else’s', async () => {
    const { tokens } = await app.tokens('ada');
    const other = await App.at(world.hk, await register(world.hk));
    expect(await oc.tokenIntrospection(app.config, tokens.access_token)).toMatchObject({ active: true });
    expect(await oc.tokenIntrospection(other.config, tokens.access_token)).toEqual({ active: false });
    await oc.tokenRevocation(other.config, tokens.access_token).catch(() => undefined);
    expect(await oc.tokenIntrospection(app.config, tokens.access_token)).toMatchObject({ active: true });
    await oc.tokenRevocation(app.config, tokens.access_token);
    expect(await oc.tokenIntrospection(app.config, tokens.access_token)).toEqual({ active: false });
  });

  it('answers by form_post', async () => {
    const { page } = await app.signIn('ada', { response_mode: 'form_post' });
    expect(page.html).toMatch(/<form[^>]*method="post"[^>]*action="https:\/\/client.example\/cb"/);
    expect(page.html).toMatch(/name="code"/);
    expect(page.html).toMatch(/name="iss"/);
  });

  it('may ask for no record, pushed or not', async () => {
    const { authorization_details = '' } = creditReport();
    const { page } = await app.signIn('ada', { authorization_details });
    expect(new URL(page.url).searchParams.get('error')).toBe('invalid_authorization_details');
  });

  it('gets a token of its own for the identity service, signed and bound to that audience (RFC 9068)', async () => {
    const machine = await App.at(
      world.hk,
      await register(world.hk, { grant_types: ['client_credentials'], response_types: [], redirect_uris: [] }),
    );
    const { access_token } = await oc.clientCredentialsGrant(machine.config);
    expect(decodeProtectedHeader(access_token)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
    expect(decodeJwt(access_token)).toMatchObject({
      aud: 'urn:bayway:hk:identity',
      client_id: machine.metadata.client_id,
    });
    const foreign = oc.clientCredentialsGrant(machine.config, { resource: 'urn:bayway:hk:broker' });
    await expect(foreign).rejects.toMatchObject({ error: 'invalid_target' });
  });
});

describe('signing out (RP-initiated)', () => {
  it('asks her, ends her session, and leads back to the address that was registered', async () => {
    const { tokens, browser } = await app.tokens('ada');
    const url = oc.buildEndSessionUrl(app.config, {
      id_token_hint: tokens.id_token ?? '',
      post_logout_redirect_uri: 'https://client.example/bye',
      state: 'st',
    });
    const page = await browser.open(url.href);
    const bye = await browser.submit(page, 'op.logoutForm', { logout: 'yes' });
    expect(bye.url).toBe('https://client.example/bye?state=st');
    const silent = await app.signIn('ada', { prompt: 'none' }, browser);
    expect(new URL(silent.page.url).searchParams.get('error')).toBe('login_required');
    const dead = oc.refreshTokenGrant(app.config, tokens.refresh_token ?? '');
    await expect(dead).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('leads nowhere that was not registered', async () => {
    const { tokens, browser } = await app.tokens('ada');
    const url = oc.buildEndSessionUrl(app.config, {
      id_token_hint: tokens.id_token ?? '',
      post_logout_redirect_uri: 'https://evil.example/',
    });
    const page = await browser.open(url.href);
    expect(page.status).toBe(400);
    expect(page.html).toContain('id="error"');
  });
});

describe('an app under FAPI 2.0', () => {
  it('pushes, proves its key, and gets a token bound to it that is not rotated', async () => {
    const key = await appKey();
    const metadata = await register(world.hk, fapiMetadata(key));
    expect(metadata).toMatchObject({
      dpop_bound_access_tokens: true,
      require_pushed_authorization_requests: true,
      id_token_signed_response_alg: 'ES256',
    });
    const strict = await App.at(world.hk, metadata, oc.PrivateKeyJwt({ key: key.key, kid: key.kid }));
    const dpop = oc.getDPoPHandle(strict.config, await oc.randomDPoPKeyPair('ES256'));
    const attempt = await strict.attempt({}, dpop);
    const browser = new Browser();
    const back = await signInAt(browser, await browser.open(attempt.url), 'hong-kong', 'ada');
    const options = { DPoP: dpop };
    const url = new URL(back.url);
    const tokens = await oc.authorizationCodeGrant(strict.config, url, attempt.checks, undefined, options);
    expect(tokens.token_type).toBe('dpop');
    const more = await oc.refreshTokenGrant(strict.config, tokens.refresh_token ?? '', undefined, options);
    expect(more.refresh_token).toBe(tokens.refresh_token);
  });

  it.each<[string, Record<string, unknown>]>([
    ['a secret', { token_endpoint_auth_method: 'client_secret_basic' }],
    ['RS256', { token_endpoint_auth_signing_alg: 'RS256' }],
    ['no algorithm named', { token_endpoint_auth_signing_alg: undefined }],
  ])('cannot be registered with %s', async (_what, over) => {
    await expect(register(world.hk, { ...fapiMetadata(await appKey()), ...over })).rejects.toThrow(/profile fapi2/);
  });

  it('is refused without a push, and without PKCE', async () => {
    const key = await appKey();
    const metadata = await register(world.hk, fapiMetadata(key));
    const strict = await App.at(world.hk, metadata, oc.PrivateKeyJwt({ key: key.key, kid: key.kid }));
    const { page } = await strict.signIn('ada');
    expect(new URL(page.url).searchParams.get('error') ?? textOf(page)).toMatch(/invalid_request/);
    const dpop = oc.getDPoPHandle(strict.config, await oc.randomDPoPKeyPair('ES256'));
    const bare = strict.attempt({ code_challenge: '', code_challenge_method: '' }, dpop);
    await expect(bare).rejects.toMatchObject({ error: 'invalid_request' });
  });
});

describe('registration (RFC 7591, RFC 7592)', () => {
  it('reads, changes and removes a client by its own token, which changes with each change', async () => {
    const made = await register(world.hk);
    const path = `/${made.client_id}`;
    const read = await registration(world.hk, { token: made.registration_access_token, method: 'GET', path });
    expect(read.body).toMatchObject({ client_id: made.client_id, client_secret: made['client_secret'] });
    const {
      registration_access_token,
      registration_client_uri,
      client_secret_expires_at,
      client_id_issued_at,
      ...body
    } = read.body;
    expect([registration_client_uri, client_secret_expires_at, client_id_issued_at]).not.toContain(undefined);
    const changed = await registration(world.hk, {
      token: String(registration_access_token),
      method: 'PUT',
      path,
      body: { ...body, client_name: 'Another name' },
    });
    expect(changed.body).toMatchObject({ client_name: 'Another name' });
    const stale = await registration(world.hk, { token: made.registration_access_token, method: 'GET', path });
    expect(stale.status).toBe(401);
    const token = String(changed.body['registration_access_token']);
    expect((await registration(world.hk, { token, method: 'DELETE', path })).status).toBe(204);
    expect((await registration(world.hk, { token, method: 'GET', path })).status).toBe(401);
    const rows = await world.hk.rows.query('select 1 from oauth_client where id = $1', [made.client_id]);
    expect(rows).toEqual([]);
  });

  it('keeps no secret in the clear', async () => {
    const made = await register(world.hk);
    const [row] = await world.hk.rows.query<[{ text: string }]>(
      "select metadata::text || encode(secret, 'escape') as text from oauth_client where id = $1",
      [made.client_id],
    );
    expect(row.text).not.toContain(String(made['client_secret']));
  });

  it.each(['', 'wrong', 'x'.repeat(300)])('refuses the initial access token `%s`', async (token) => {
    expect((await registration(world.hk, { token, body: { redirect_uris: ['https://a.example/'] } })).status).toBe(
      token ? 401 : 400,
    );
  });

  it('lets nobody manage a client of the settings, or a peer', async () => {
    const made = await register(world.hk);
    for (const id of ['tsing-wan-bank', 'op-cn', 'console']) {
      const token = made.registration_access_token;
      expect((await registration(world.hk, { token, method: 'GET', path: `/${id}` })).status).toBe(401);
    }
  });
});

async function stoppingAt(other: App, login: string, redirect_uri: string) {
  const browser = new Browser();
  browser.stopAt = (url) => url.startsWith(redirect_uri);
  return other.signIn(login, { redirect_uri }, browser);
}
