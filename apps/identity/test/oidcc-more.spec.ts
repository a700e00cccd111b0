import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import * as oc from 'openid-client';
import { App, appKey, register, registration, type AppKey } from './app.js';
import { REDIRECT_URI } from './partner.js';
import { Suite } from './suite.js';
import { paramsOf } from './walk.js';

/** Modules of the plans oidcc-formpost-basic, -dynamic, -rp-initiated-logout and -backchannel of the OpenID conformance suite. */
let suite: Suite;
beforeAll(async () => {
  suite = await Suite.start();
}, 60_000);
afterAll(() => suite.stop());

describe('oidcc-formpost-basic-certification-test-plan', () => {
  it('oidcc-server, oidcc-response-type-missing by form post', async () => {
    const { page } = await suite.walk(suite.authUrl({ response_mode: 'form_post' }));
    for (const name of ['code', 'state', 'iss']) expect(page.html).toContain(`name="${name}"`);
    const wrong = await suite.walk(suite.authUrl({ response_mode: 'form_post', response_type: undefined }));
    expect(wrong.page.html).toMatch(/name="error"[^>]*value="invalid_request"/);
  });
});

describe('oidcc-dynamic-certification-test-plan', () => {
  const refused = async (metadata: Record<string, unknown>) =>
    (await registration(suite.world.hk, { token: 'none needed', body: { redirect_uris: [REDIRECT_URI], ...metadata } }))
      .body['error'];

  it('oidcc-idtoken-rs256, oidcc-userinfo-rs256', async () => {
    const signed = await App.at(
      suite.world.hk,
      await register(suite.world.hk, { userinfo_signed_response_alg: 'RS256' }),
    );
    const { tokens } = await signed.tokens('ann');
    expect(decodeProtectedHeader(tokens.id_token ?? '').alg).toBe('RS256');
    const response = await fetch(`${suite.world.hk.issuer}/me`, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    });
    expect(response.headers.get('content-type')).toMatch(/application\/jwt/);
    expect(decodeProtectedHeader(await response.text()).alg).toBe('RS256');
  });

  it('oidcc-idtoken-unsigned is not to be had', async () => {
    expect(await refused({ id_token_signed_response_alg: 'none' })).toBe('invalid_client_metadata');
  });

  it('oidcc-redirect-uri-regfrag', async () => {
    expect(await refused({ redirect_uris: [`${REDIRECT_URI}#foobar`] })).toMatch(
      /invalid_redirect_uri|invalid_client_metadata/,
    );
  });

  it('oidcc-registration-jwks-uri', async () => {
    const { jwk, key, kid } = await appKey('RS256');
    suite.served.set('/jwks', { keys: [jwk] });
    const metadata = { jwks_uri: `${suite.base}/jwks`, token_endpoint_auth_method: 'private_key_jwt' };
    const made = await register(suite.world.hk, metadata);
    const first = await App.at(suite.world.hk, made, oc.PrivateKeyJwt({ key, kid }));
    expect((await first.tokens('ann')).tokens.access_token).toBeTruthy();
  });

  it('oidcc-refresh-token-rp-key-rotation; what left the set is refused, whatever its server says of keeping', async () => {
    const keys = [await appKey('RS256'), await appKey('RS256')] as const;
    const publish = (of: AppKey) => suite.served.set('/turning', { keys: [of.jwk] });
    publish(keys[0]);
    const metadata = { jwks_uri: `${suite.base}/turning`, token_endpoint_auth_method: 'private_key_jwt' };
    const made = await register(suite.world.hk, metadata);
    const [first, second] = await Promise.all(
      keys.map(({ key, kid }) => App.at(suite.world.hk, made, oc.PrivateKeyJwt({ key, kid }))),
    );
    const { tokens } = await first!.tokens('ann');
    const { refresh_token = '' } = await oc.refreshTokenGrant(first!.config, tokens.refresh_token ?? '');
    publish(keys[1]);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const renewed = await oc.refreshTokenGrant(second!.config, refresh_token);
    const late = oc.refreshTokenGrant(first!.config, renewed.refresh_token ?? '');
    await expect(late).rejects.toMatchObject({ error: 'invalid_client' });
  });

  it('a key taken out of the set, and replaced by none, is refused within ten seconds', async () => {
    const { jwk, key, kid } = await appKey('RS256');
    suite.served.set('/emptied', { keys: [jwk] });
    const metadata = { jwks_uri: `${suite.base}/emptied`, token_endpoint_auth_method: 'private_key_jwt' };
    const app = await App.at(suite.world.hk, await register(suite.world.hk, metadata), oc.PrivateKeyJwt({ key, kid }));
    const ask = () => oc.tokenIntrospection(app.config, 'x'.repeat(43));
    expect(await ask()).toEqual({ active: false });
    suite.served.set('/emptied', { keys: [] });
    const until = Date.now() + 10_000;
    let refused: unknown;
    while (!refused && Date.now() < until) {
      refused = await ask().then(
        () => undefined,
        (error: unknown) => error,
      );
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    expect(refused).toMatchObject({ error: 'invalid_client' });
  }, 20_000);

  it('oidcc-registration-logo-uri, -policy-uri, -tos-uri', async () => {
    const links = {
      logo_uri: `${suite.base}/logo.png`,
      policy_uri: `${suite.base}/policy`,
      tos_uri: `${suite.base}/tos`,
    };
    expect(await register(suite.world.hk, links)).toMatchObject(links);
  });
});

describe('oidcc-rp-initiated-logout-certification-test-plan', () => {
  const bye = 'https://client.example/bye';
  const end = async (over: (idToken: string) => Record<string, string>) => {
    const { page, browser } = await suite.walk(suite.authUrl());
    const { id_token = '' } = (await suite.redeem(page)).body;
    const at = await browser.open(
      `${suite.world.hk.issuer}/session/end?${new URLSearchParams(over(id_token)).toString()}`,
    );
    return { at, browser };
  };
  it.each<[string, (id: string) => Record<string, string>, string]>([
    [
      'oidcc-rp-initiated-logout',
      (id) => ({ id_token_hint: id, post_logout_redirect_uri: bye, state: 's' }),
      `${bye}?state=s`,
    ],
    ['oidcc-rp-initiated-logout-no-state', (id) => ({ id_token_hint: id, post_logout_redirect_uri: bye }), bye],
    ['oidcc-rp-initiated-logout-no-params', () => ({}), '/session/end/success'],
    ['oidcc-rp-initiated-logout-no-id-token-hint', () => ({ post_logout_redirect_uri: bye }), '/session/end/success'],
    ['oidcc-rp-initiated-logout-only-state', () => ({ state: 's' }), '/session/end/success'],
    [
      'oidcc-rp-initiated-logout-no-post-logout-redirect-uri',
      (id) => ({ id_token_hint: id, state: 's' }),
      '/session/end/success',
    ],
  ])('%s', async (_module, over, where) => {
    const { at, browser } = await end(over);
    const page = await browser.submit(at, 'op.logoutForm', { logout: 'yes' });
    expect(page.url).toContain(where);
    expect(paramsOf((await suite.walk(suite.authUrl({ prompt: 'none' }), browser)).page).get('error')).toBe(
      'login_required',
    );
  });

  const modified = (id: string) => `${id.slice(0, -6)}${id.endsWith('AAAAAA') ? 'BBBBBB' : 'AAAAAA'}`;
  it.each<[string, (id: string) => Record<string, string>]>([
    ['oidcc-rp-initiated-logout-bad-id-token-hint', () => ({ id_token_hint: 'bad', post_logout_redirect_uri: bye })],
    [
      'oidcc-rp-initiated-logout-modified-id-token-hint',
      (id) => ({ id_token_hint: modified(id), post_logout_redirect_uri: bye }),
    ],
    [
      'oidcc-rp-initiated-logout-bad-post-logout-redirect-uri',
      (id) => ({ id_token_hint: id, post_logout_redirect_uri: `${bye}X` }),
    ],
    [
      'oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri',
      (id) => ({ id_token_hint: id, post_logout_redirect_uri: `${bye}?a=b` }),
    ],
  ])('%s: a page says so, and she stays signed in', async (_module, over) => {
    const { at, browser } = await end(over);
    expect([at.status, at.html.includes('id="error"')]).toEqual([400, true]);
    expect(paramsOf((await suite.walk(suite.authUrl({ prompt: 'none' }), browser)).page).get('code')).toBeTruthy();
  });
});

describe('oidcc-backchannel-rp-initiated-logout-certification-test-plan', () => {
  it('oidcc-backchannel-rp-initiated-logout', async () => {
    const metadata = {
      backchannel_logout_uri: `${suite.base}/backchannel_logout`,
      backchannel_logout_session_required: true,
    };
    const listening = await App.at(suite.world.hk, await register(suite.world.hk, metadata));
    const { tokens, browser } = await listening.tokens('ann');
    const url = oc.buildEndSessionUrl(listening.config, { id_token_hint: tokens.id_token ?? '' });
    await browser.submit(await browser.open(url.href), 'op.logoutForm', { logout: 'yes' });
    for (let waited = 0; suite.told.length === 0 && waited < 5_000; waited += 50)
      await new Promise((r) => setTimeout(r, 50));
    const logout = decodeJwt(suite.told[0]?.get('logout_token') ?? '');
    expect(logout).toMatchObject({
      iss: suite.world.hk.issuer,
      aud: listening.metadata.client_id,
      sub: tokens.claims()?.sub,
      sid: tokens.claims()?.['sid'],
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    });
    expect(logout).not.toHaveProperty('nonce');
  });
});
