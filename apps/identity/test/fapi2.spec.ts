import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { Browser } from './browser.js';
import { Strict, type Over } from './strict.js';
import { Suite } from './suite.js';
import { paramsOf } from './walk.js';

/** Modules of fapi2-security-profile-final-test-plan (private_key_jwt, DPoP); names without the plan's prefix. */
let suite: Suite;
let one: Strict;
let two: Strict;
beforeAll(async () => {
  suite = await Suite.start();
  [one, two] = [await Strict.at(suite.world.hk), await Strict.at(suite.world.hk)];
}, 60_000);
afterAll(() => suite.stop());

const pushed = async (over: Over = {}): Promise<string> => (await one.push(over)).body['request_uri'] ?? '';
const code = async (over: Over = {}): Promise<string> =>
  paramsOf((await suite.walk(one.authUrl(await pushed(over)))).page).get('code') ?? '';

describe('fapi2-security-profile-final-test-plan', () => {
  it('happy-flow: iss and state in the answer, s_hash and nonce in their places, a token bound to the key', async () => {
    const { page } = await suite.walk(one.authUrl(await pushed()));
    expect(Object.fromEntries(paramsOf(page))).toMatchObject({ iss: suite.world.hk.issuer, state: 's' });
    const { body } = await one.redeem(paramsOf(page).get('code') ?? '');
    expect(body).toMatchObject({ token_type: 'DPoP', refresh_token: expect.any(String) });
    expect(decodeJwt(body['access_token'] ?? '')).toMatchObject({ cnf: { jkt: expect.any(String) } });
    expect(decodeJwt(body['id_token'] ?? '')).toMatchObject({ nonce: 'n', aud: one.id });
  });

  it('refresh-token: the same one goes on serving, for its key only', async () => {
    const { refresh_token = '' } = (await one.redeem(await code())).body;
    const again = await one.post('/token', { grant_type: 'refresh_token', refresh_token });
    expect(again.body['refresh_token']).toBe(refresh_token);
    const stolen = await two.post('/token', { grant_type: 'refresh_token', refresh_token });
    expect(stolen).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    const unbound = await one.post('/token', { grant_type: 'refresh_token', refresh_token }, { dpop: null });
    expect(unbound.status).toBe(400);
  });

  it('attempt-reuse-authorization-code-after-one-second', async () => {
    const used = await code();
    expect((await one.redeem(used)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await one.redeem(used)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('ensure-authorization-code-is-bound-to-client', async () => {
    const other = await two.redeem(await code(), { code_verifier: one.verifier });
    expect(other).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it.each<[string, Over]>([
    ['par-ensure-pkce-code-verifier-required', { code_verifier: undefined }],
    ['par-incorrect-pkce-code-verifier-rejected', { code_verifier: 'w'.repeat(43) }],
  ])('%s', async (_module, over) => {
    expect(await one.redeem(await code(), over)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it.each<[string, Over]>([
    ['par-ensure-pkce-required', { code_challenge: undefined, code_challenge_method: undefined }],
    ['par-ensure-plain-pkce-rejected', { code_challenge_method: 'plain' }],
    ['par-authorization-request-containing-request_uri', { request_uri: 'urn:ietf:params:oauth:request_uri:x' }],
    ['par-ensure-registered-redirect-uri', { redirect_uri: 'https://client.example/other' }],
    ['par-without-redirect-uri', { redirect_uri: undefined }],
    ['ensure-response-type-code-idtoken-fails', { response_type: 'code id_token' }],
  ])('%s', async (_module, over) => {
    expect((await one.push(over)).status).toBe(400);
  });

  it('par-attempt-invalid-http-method', async () => {
    for (const method of ['GET', 'PUT'])
      expect((await fetch(`${suite.world.hk.issuer}/request`, { method })).status).toBeGreaterThanOrEqual(400);
  });

  it('par-attempt-reuse-request_uri: before completion it still works, afterwards not', async () => {
    const url = one.authUrl(await pushed());
    await new Browser().open(url);
    const { page } = await suite.walk(url);
    expect(paramsOf(page).get('code')).toBeTruthy();
    expect((await new Browser().open(url)).html).toContain('id="error"');
  });

  it('par-attempt-to-use-request_uri-for-different-client', async () => {
    expect((await new Browser().open(one.authUrl(await pushed(), two.id))).html).toContain('id="error"');
  });

  it('par-attempt-to-use-expired-request_uri', async () => {
    const url = one.authUrl(await pushed());
    const past = "payload || jsonb_build_object('exp', extract(epoch from now())::bigint - 1)";
    await suite.world.hk.rows.query(
      `update oidc_artifact set payload = ${past} where model = 'PushedAuthorizationRequest'`,
    );
    expect((await new Browser().open(url)).html).toContain('id="error"');
  });

  it('ensure-unsigned-authorization-request-without-using-par-fails', async () => {
    const url = `${suite.world.hk.issuer}/auth?${new URLSearchParams(one.parameters).toString()}`;
    const page = await new Browser().open(url);
    expect(paramsOf(page).get('error') ?? page.html).toMatch(/invalid_request/);
    expect(paramsOf(page).get('code')).toBeNull();
  });

  it.each<[string, Record<string, unknown>]>([
    ['ensure-client-assertion-with-exp-is-5-minutes-in-past-fails', { exp: Math.floor(Date.now() / 1000) - 300 }],
    ['ensure-client-assertion-with-wrong-aud-fails', { aud: 'https://elsewhere.example' }],
    ['ensure-client-assertion-with-token-endpoint-aud-fails', { aud: 'TOKEN' }],
    ['ensure-client-assertion-with-aud-array-fails', { aud: 'ARRAY' }],
    ['ensure-client-assertion-with-no-sub-fails', { sub: undefined }],
    ['ensure-client-assertion-with-no-iss-fails', { iss: undefined }],
    ['ensure-client-assertion-with-no-exp-fails', { exp: undefined }],
    ['ensure-client-assertion-with-no-jti-fails', { jti: undefined }],
  ])('%s', async (_module, over) => {
    const { issuer } = suite.world.hk;
    const audiences: Record<string, unknown> = { TOKEN: `${issuer}/token`, ARRAY: [issuer, `${issuer}/token`] };
    const claims = 'aud' in over ? { aud: audiences[String(over['aud'])] ?? over['aud'] } : over;
    const answer = await one.push({}, { assertion: await one.assertion(claims) });
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  it('ensure-client-id-in-client-assertion', async () => {
    const assertion = await one.assertion({ iss: two.id, sub: two.id });
    expect(await one.push({}, { assertion })).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  it('ensure-client-assertion-is-used-once', async () => {
    const assertion = await one.assertion();
    expect((await one.push({}, { assertion })).status).toBe(201);
    expect(await one.push({}, { assertion })).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  it('ensure-client-assertion-signature-algorithm: neither none nor a secret', async () => {
    const [, payload = ''] = (await one.assertion()).split('.');
    for (const alg of ['none', 'HS256', 'RS256']) {
      const header = Buffer.from(JSON.stringify({ alg })).toString('base64url');
      const answer = await one.push({}, { assertion: `${header}.${payload}.${alg === 'none' ? '' : 'c2ln'}` });
      expect(answer.status).toBe(401);
    }
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['check-dpop-proof-nbf-exp: an old iat', { iat: Math.floor(Date.now() / 1000) - 600 }, {}],
    ['dpop-negative-tests: another method', { htm: 'GET' }, {}],
    ['dpop-negative-tests: another address', { htu: 'https://elsewhere.example/token' }, {}],
    ['dpop-negative-tests: no jti', { jti: undefined }, {}],
    ['dpop-negative-tests: no iat', { iat: undefined }, {}],
    ['dpop-negative-tests: another type', {}, { typ: 'jwt' }],
    ['dpop-negative-tests: no key', {}, { jwk: undefined }],
  ])('%s', async (_module, over, header) => {
    const dpop = await one.proof('/token', over, header);
    expect(await one.redeem(await code(), {}, { dpop })).toMatchObject({
      status: 400,
      body: { error: 'invalid_dpop_proof' },
    });
  });

  it('ensure-holder-of-key-required: no proof, no token', async () => {
    expect((await one.redeem(await code(), {}, { dpop: null })).status).toBe(400);
  });

  it('ensure-dpop-auth-code-binding-success: a code pushed with a key is redeemed with that key only', async () => {
    const bound = await code();
    const dpop = await two.proof('/token');
    expect(await one.redeem(bound, {}, { dpop })).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('user-rejects-authentication', async () => {
    const browser = new Browser();
    const picker = await browser.open(one.authUrl(await pushed()));
    const back = await browser.submit(picker, 'cancel-form', { do: 'cancel' });
    expect(Object.fromEntries(paramsOf(back))).toMatchObject({ error: 'access_denied', state: 's' });
  });

  it('ensure-request-with-long-nonce, ensure-request-with-long-state', async () => {
    const { page } = await suite.walk(one.authUrl(await pushed({ nonce: 'n'.repeat(384), state: 's'.repeat(384) })));
    expect(paramsOf(page).get('state')).toBe('s'.repeat(384));
  });
});
