import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { App, register } from './app.js';
import { Browser } from './browser.js';
import { REDIRECT_URI } from './partner.js';
import { PLAIN, Suite } from './suite.js';
import { paramsOf } from './walk.js';

/** Modules of the plans oidcc-basic and oidcc-config of the OpenID conformance suite. */
let suite: Suite;
beforeAll(async () => {
  suite = await Suite.start();
}, 60_000);
afterAll(() => suite.stop());

describe('oidcc-config-certification-test-plan', () => {
  it('oidcc-discovery-endpoint-verification', async () => {
    const metadata = (await (
      await fetch(`${suite.world.hk.issuer}/.well-known/openid-configuration`)
    ).json()) as object;
    expect(metadata).toMatchObject({
      issuer: suite.world.hk.issuer,
      response_types_supported: ['code'],
      subject_types_supported: expect.arrayContaining(['pairwise']),
      id_token_signing_alg_values_supported: expect.arrayContaining(['RS256']),
      claims_parameter_supported: true,
      backchannel_logout_supported: true,
      authorization_response_iss_parameter_supported: true,
      request_uri_parameter_supported: false,
      code_challenge_methods_supported: ['S256'],
    });
  });
});

describe('oidcc-basic-certification-test-plan', () => {
  it.each<[string, Record<string, string | undefined>]>([
    ['oidcc-server', { nonce: 'n' }],
    ['oidcc-ensure-request-without-nonce-succeeds-for-code-flow', {}],
    ['oidcc-ensure-request-with-unknown-parameter-succeeds', { extra: 'foobar' }],
    ['oidcc-ensure-request-with-acr-values-succeeds', { acr_values: 'urn:bayway:loa:1 urn:bayway:loa:2' }],
    ['oidcc-ensure-request-with-valid-pkce-succeeds', { scope: 'openid' }],
    ['oidcc-display-page', { display: 'page' }],
    ['oidcc-display-popup', { display: 'popup' }],
    ['oidcc-login-hint', { login_hint: 'buffy@example.com' }],
    ['oidcc-ui-locales', { ui_locales: 'se' }],
    ['oidcc-claims-locales', { claims_locales: 'se' }],
    ['oidcc-ensure-other-scope-order-succeeds', { scope: 'profile openid' }],
    ['oidcc-scope-profile', { scope: 'openid profile' }],
    ['oidcc-redirect-uri-query-OK', { redirect_uri: `${REDIRECT_URI}?dummy1=lorem&dummy2=ipsum` }],
  ])('%s', async (_module, over) => {
    const { page } = await suite.walk(suite.authUrl(over));
    const answer = await suite.redeem(page, over['redirect_uri']);
    expect(answer).toMatchObject({ status: 200, body: { token_type: 'Bearer' } });
    expect(paramsOf(page).get('state')).toBe('st');
    expect(decodeJwt(answer.body['id_token'] ?? '')).toMatchObject({
      aud: suite.client.client_id,
      iss: suite.world.hk.issuer,
    });
  });

  it('oidcc-response-type-missing', async () => {
    const { page } = await suite.walk(suite.authUrl({ response_type: undefined }));
    expect(paramsOf(page).get('error')).toBe('invalid_request');
  });

  it.each<[string, RequestInit & { inBody?: true }]>([
    ['oidcc-userinfo-get', { method: 'GET' }],
    ['oidcc-userinfo-post-header', { method: 'POST' }],
    ['oidcc-userinfo-post-body', { method: 'POST', inBody: true }],
  ])('%s', async (_module, { inBody, ...init }) => {
    const { access_token = '', id_token = '' } = (await suite.redeem((await suite.walk(suite.authUrl())).page)).body;
    const where = inBody
      ? { body: new URLSearchParams({ access_token }) }
      : { headers: { authorization: `Bearer ${access_token}` } };
    const response = await fetch(`${suite.world.hk.issuer}/me`, { ...init, ...where });
    expect([response.status, await response.json()]).toEqual([200, { sub: decodeJwt(id_token).sub }]);
  });

  it('oidcc-scope-all, oidcc-claims-essential: her name at userinfo, when she gives it', async () => {
    for (const over of [{ scope: 'openid profile' }, { claims: '{"userinfo":{"name":{"essential":true}}}' }]) {
      const { access_token } = (await suite.redeem((await suite.walk(suite.authUrl(over))).page)).body;
      const response = await fetch(`${suite.world.hk.issuer}/me`, {
        headers: { authorization: `Bearer ${access_token}` },
      });
      expect(await response.json()).toMatchObject({ name: '名ann' });
    }
  });

  it('oidcc-prompt-login, oidcc-max-age-1: she signs in again, and auth_time is later', async () => {
    const first = await suite.walk(suite.authUrl({ max_age: '15000' }));
    const before = (await suite.idTokenOf(first.page))['auth_time'] as number;
    for (const over of [{ prompt: 'login', max_age: '15000' }, { max_age: '1' }]) {
      await new Promise((resolve) => setTimeout(resolve, 2_100));
      const again = await suite.walk(suite.authUrl(over), first.browser);
      expect(again.asked).toBe(true);
      expect((await suite.idTokenOf(again.page))['auth_time'] as number).toBeGreaterThan(before);
    }
  }, 30_000);

  it('oidcc-prompt-none-not-logged-in, oidcc-prompt-none-logged-in, oidcc-max-age-10000, oidcc-id-token-hint', async () => {
    const without = await suite.walk(suite.authUrl({ prompt: 'none' }));
    expect(paramsOf(without.page).get('error')).toBe('login_required');
    const { page, browser } = await suite.walk(suite.authUrl());
    const { id_token = '' } = (await suite.redeem(page)).body;
    for (const over of [{ prompt: 'none' }, { max_age: '10000' }, { prompt: 'none', id_token_hint: id_token }]) {
      const again = await suite.walk(suite.authUrl(over), browser);
      expect([again.asked, (await suite.idTokenOf(again.page)).sub]).toEqual([false, decodeJwt(id_token).sub]);
    }
  });

  it('oidcc-codereuse: the second use is refused, and ends what the first gave', async () => {
    const { page } = await suite.walk(suite.authUrl());
    const { access_token = '' } = (await suite.redeem(page)).body;
    expect(await suite.redeem(page)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    const response = await fetch(`${suite.world.hk.issuer}/me`, {
      headers: { authorization: `Bearer ${access_token}` },
    });
    expect(response.status).toBe(401);
  });

  it.each<[string, Record<string, string | undefined>]>([
    ['oidcc-ensure-registered-redirect-uri', { redirect_uri: 'https://client.example/other' }],
    ['oidcc-ensure-redirect-uri-in-authorization-request', { redirect_uri: undefined }],
    ['oidcc-redirect-uri-query-added', { redirect_uri: `${REDIRECT_URI}?foo=bar` }],
    ['oidcc-redirect-uri-query-mismatch', { redirect_uri: `${REDIRECT_URI}?dummy1=lorem&dummy2=other` }],
  ])('%s: a page says so, and nobody is sent anywhere', async (_module, over) => {
    const page = await new Browser().open(suite.authUrl(over));
    expect([page.status, page.html.includes('id="error"')]).toEqual([400, true]);
  });

  it('oidcc-ensure-post-request-succeeds', async () => {
    const body = new URL(suite.authUrl()).searchParams;
    const response = await fetch(`${suite.world.hk.issuer}/auth`, { method: 'POST', body, redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([
      303,
      expect.stringMatching(/\/auth\?client_id=/),
    ]);
  });

  it('oidcc-server-client-secret-post', async () => {
    const posting = await App.at(
      suite.world.hk,
      await register(suite.world.hk, { token_endpoint_auth_method: 'client_secret_post' }),
    );
    expect((await posting.tokens('ann')).tokens.claims()?.aud).toBe(posting.metadata.client_id);
  });

  it('oidcc-unsigned-request-object-…-rejected-as-unsupported, oidcc-request-uri-…-rejected-as-unsupported', async () => {
    const object = `${btoa('{"alg":"none"}').replaceAll('=', '')}.${btoa(JSON.stringify(PLAIN)).replaceAll('=', '')}.`;
    const { page } = await suite.walk(suite.authUrl({ request: object }));
    expect(paramsOf(page).get('error')).toBe('request_not_supported');
    const byReference = await new Browser().open(suite.authUrl({ request_uri: `${suite.base}/object` }));
    expect(paramsOf(byReference).get('error') ?? byReference.html).toMatch(/request_uri_not_supported|invalid_request/);
  });

  it('oidcc-refresh-token', async () => {
    const { refresh_token = '', id_token = '' } = (await suite.redeem((await suite.walk(suite.authUrl())).page)).body;
    const again = await suite.token({ grant_type: 'refresh_token', refresh_token });
    expect(decodeJwt(again.body['id_token'] ?? '').sub).toBe(decodeJwt(id_token).sub);
  });
});
