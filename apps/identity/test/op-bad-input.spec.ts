import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { initialAccessToken, register, registration } from './app.js';
import { Browser } from './browser.js';
import { REDIRECT_URI } from './partner.js';
import { Strict } from './strict.js';
import { paramsOf } from './walk.js';
import { enrol, startWorld, type World } from './world.js';

/** Bad input at the endpoints of the provider, parameter by parameter; nothing is stored and nobody is sent elsewhere. */
let world: World;
let one: Strict;
let plain: Awaited<ReturnType<typeof register>>;
beforeAll(async () => {
  world = await startWorld();
  enrol(world, 'ann');
  [one, plain] = [await Strict.at(world.hk), await register(world.hk)];
}, 60_000);
afterAll(() => world.stop());

const CHALLENGE = { code_challenge: 'c'.repeat(43), code_challenge_method: 'S256' };
const AUTH = {
  response_type: 'code',
  redirect_uri: REDIRECT_URI,
  scope: 'openid',
  state: 's',
  nonce: 'n',
  ...CHALLENGE,
  prompt: 'login',
  max_age: '10',
  ui_locales: 'en',
  id_token_hint: 'x',
  login_hint: 'x',
  acr_values: 'urn:bayway:loa:1',
  claims: '{}',
  response_mode: 'query',
  display: 'page',
};
const TOKEN = {
  grant_type: 'authorization_code',
  code: 'c'.repeat(43),
  redirect_uri: REDIRECT_URI,
  code_verifier: 'v'.repeat(43),
  refresh_token: 'r'.repeat(43),
  scope: 'openid',
  resource: 'urn:bayway:hk:identity',
};
const OTHER = { token: 't'.repeat(43), token_type_hint: 'access_token' };
const LOGOUT = {
  id_token_hint: 'x',
  post_logout_redirect_uri: 'https://client.example/bye',
  state: 's',
  client_id: 'x',
  ui_locales: 'en',
};

type Way = readonly [name: string, alter: (name: string, value: string) => string];
const pair = (name: string, value: string): string => new URLSearchParams({ [name]: value }).toString();
const WAYS: readonly Way[] = [
  ['doubled', (name, value) => `${pair(name, value)}&${pair(name, value)}x`],
  ['oversized', (name) => pair(name, 'x'.repeat(20_000))],
  ['no UTF-8', (name) => `${name}=%ff%fe%c3%28`],
  ['with NUL', (name) => `${name}=a%00b`],
  ['an object', (name) => `${name}[key]=1`],
];

const cases = (parameters: Readonly<Record<string, string>>) =>
  Object.keys(parameters).flatMap((name) => WAYS.map(([way, alter]) => [name, way, alter] as const));

const changed = (all: Readonly<Record<string, string>>, name: string, alter: Way[1]): string =>
  Object.entries(all)
    .map(([key, value]) => (key === name ? alter(name, value) : pair(key, value)))
    .join('&');

const MODELS = "model in ('AccessToken', 'AuthorizationCode', 'RefreshToken', 'Grant', 'PushedAuthorizationRequest')";
const counts = () =>
  world.hk.rows.query(`select model, count(*)::int from oidc_artifact where ${MODELS} group by model`);

/** Refused in words a machine reads, or a page; never an error of ours, never a redirect to somewhere not registered. */
async function refusedAt(path: string, body: string, headers: Record<string, string> = {}): Promise<number> {
  const before = await counts();
  const method = path.includes('?') ? {} : { method: 'POST', body };
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  const response = await fetch(`${world.hk.issuer}${path}`, {
    ...method,
    headers: { ...type, ...headers },
    redirect: 'manual',
  });
  await response.text();
  expect(response.status).toBeLessThan(500);
  const location = response.headers.get('location');
  if (location)
    expect(new URL(location, world.hk.issuer).origin).toMatch(
      /^(https:\/\/client\.example|http:\/\/127\.0\.0\.1:\d+)$/,
    );
  expect(await counts()).toEqual(before);
  return response.status;
}

describe('GET /auth', () => {
  it.each(cases(AUTH))('%s %s: no code, nobody sent astray', async (name, _way, alter) => {
    const query = `client_id=${plain.client_id}&${changed({ ...AUTH, prompt: 'none' }, name, alter)}`;
    await refusedAt(`/auth?${query}`, '');
  });

  it.each(['response_type', 'redirect_uri', 'code_challenge'])('%s missing', async (name) => {
    const { [name as keyof typeof AUTH]: _gone, nonce: _nonce, ...left } = AUTH;
    const page = await new Browser().open(
      `${world.hk.issuer}/auth?client_id=${plain.client_id}&${new URLSearchParams(left).toString()}`,
    );
    expect(paramsOf(page).get('error') ?? page.status).toEqual(name === 'redirect_uri' ? 400 : 'invalid_request');
  });

  it.each([
    'https://client.example.evil.example/cb',
    'https://client.example/cb/../evil',
    'https://client.example@evil.example/cb',
    'https://client.example/cb#f',
    'javascript:alert(1)',
    '//evil.example/cb',
  ])('open redirect to %s', async (redirect_uri) => {
    const query = new URLSearchParams({ client_id: plain.client_id, ...AUTH, redirect_uri });
    const response = await fetch(`${world.hk.issuer}/auth?${query.toString()}`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
  });
});

describe('POST /request', () => {
  it.each(cases({ ...AUTH, client_id: 'x' }).filter(([, way]) => way !== 'an object'))(
    '%s %s',
    async (name, _way, alter) => {
      if (
        ['state', 'nonce', 'login_hint', 'ui_locales', 'id_token_hint', 'acr_values'].includes(name) &&
        _way !== 'doubled'
      )
        return;
      expect(
        (await one.post('/request', changed({ ...one.parameters, ...AUTH, ...one.parameters }, name, alter))).status,
      ).toBeGreaterThanOrEqual(400);
    },
  );
});

describe.each([
  ['/token', TOKEN],
  ['/token/introspection', OTHER],
  ['/token/revocation', OTHER],
])('POST %s', (path, parameters) => {
  it.each(cases(parameters))('%s %s', async (name, _way, alter) => {
    const authorization = `Basic ${btoa(`${plain.client_id}:${String(plain['client_secret'])}`)}`;
    await refusedAt(path, changed(parameters, name, alter), { authorization });
  });

  it('without a client, with a wrong secret, with two ways of authentication', async () => {
    const body = new URLSearchParams(parameters).toString();
    expect(await refusedAt(path, body)).toBeGreaterThanOrEqual(400);
    expect(await refusedAt(path, body, { authorization: `Basic ${btoa(`${plain.client_id}:wrong`)}` })).toBe(401);
    const both = `${body}&client_id=${plain.client_id}&client_secret=x`;
    const authorization = `Basic ${btoa(`${plain.client_id}:${String(plain['client_secret'])}`)}`;
    expect(await refusedAt(path, both, { authorization })).toBe(400);
  });
});

describe('GET /session/end', () => {
  it.each(cases(LOGOUT))('%s %s', async (name, _way, alter) => {
    await refusedAt(`/session/end?${changed(LOGOUT, name, alter)}`, '');
  });
});

describe('POST /reg', () => {
  it.each<[string, Record<string, unknown>]>([
    ['no redirect URI', { redirect_uris: [] }],
    ['too many redirect URIs', { redirect_uris: Array.from({ length: 21 }, (_, n) => `https://a.example/${n}`) }],
    ['a redirect URI with http', { redirect_uris: ['http://a.example/cb'] }],
    ['a redirect URI that is a script', { redirect_uris: ['javascript:alert(1)'] }],
    ['a redirect URI that is no text', { redirect_uris: [{ a: 1 }] }],
    ['an endless name', { client_name: 'x'.repeat(5_000) }],
    [
      'a private key',
      { jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43), d: 'd'.repeat(43) }] } },
    ],
    ['both keys and their address', { jwks: { keys: [] }, jwks_uri: 'https://a.example/jwks' }],
    ['an unknown profile', { security_profile: 'none' }],
    ['an ID token signed by nobody', { id_token_signed_response_alg: 'none' }],
    ['the implicit flow', { response_types: ['id_token token'] }],
    ['the password', { grant_types: ['password'] }],
    ['another scope', { scope: 'openid data' }],
  ])('refuses %s', async (_what, over) => {
    const body = { redirect_uris: [REDIRECT_URI], ...over };
    const answer = await registration(world.hk, { token: await initialAccessToken(world.hk), body });
    expect([answer.status, answer.body['error']]).toEqual([
      400,
      expect.stringMatching(/^invalid_(client_metadata|redirect_uri)$/),
    ]);
  });

  it.each([
    'http://127.0.0.1:9/s',
    'https://127.0.0.1:9/s',
    'https://169.254.169.254/s',
    'https://[::1]/s',
    'https://localhost/s',
  ])('fetches no sector from %s (SSRF)', async (sector_identifier_uri) => {
    const body = { redirect_uris: [REDIRECT_URI], sector_identifier_uri };
    const answer = await registration(world.hk, { token: await initialAccessToken(world.hk), body });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_client_metadata' } });
  });
});
