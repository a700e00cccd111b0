import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DomainError, type ProblemCode } from '@bayway/contracts';
import { newKey, type PrivateKey } from '@bayway/envelope';
import { importJWK, SignJWT } from 'jose';
import { REDIRECT_URI } from './partner.js';
import { creditReport, dayIn, RECIPIENT, startWorld, type World } from './world.js';

let world: World;
let proofKey: PrivateKey;
const now = () => Math.floor(Date.now() / 1000);

beforeAll(async () => {
  [world, proofKey] = [await startWorld(), await newKey('sig')];
}, 120_000);
afterAll(() => world.stop());
beforeEach(() => {
  world.hk.others.problem = null;
});

const TABLES = ['data_flow', 'resident', 'link', 'subject_handle', 'outbox', 'evidence_record'];
/** Rows of every table, and what the provider itself keeps but for the proofs it has seen. */
async function counts(): Promise<Record<string, number>> {
  const queries = TABLES.map((table) => `(select count(*)::int from ${table}) as ${table}`);
  const kept = "(select count(*)::int from oidc_artifact where model <> 'ReplayDetection') as oidc_artifact";
  const [row] = await world.hk.rows.query<Record<string, number>[]>(`select ${[...queries, kept].join(', ')}`);
  return row ?? {};
}

/** A client assertion (RFC 7523) of the bank. */
const assertion = async (over: Record<string, unknown> = {}): Promise<string> => {
  const key = world.trust.key(`hk/participant/${RECIPIENT}`, 'client');
  const claims = { iss: RECIPIENT, sub: RECIPIENT, aud: world.hk.issuer, jti: randomUUID(), exp: now() + 60, ...over };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: key.kid })
    .setIssuedAt()
    .sign(await importJWK(key.jwk, 'ES256'));
};

/** A DPoP proof (RFC 9449) for one endpoint. */
const proof = async (path: string, over: Record<string, unknown> = {}): Promise<string> =>
  new SignJWT({ htm: 'POST', htu: `${world.hk.issuer}${path}`, jti: randomUUID(), iat: now(), ...over })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: { ...proofKey.publicKey } })
    .sign(await importJWK(proofKey.jwk, 'ES256'));

const FORM = 'application/x-www-form-urlencoded';
type Sent = Readonly<{ body: string | URLSearchParams; type?: string; dpop?: string }>;

async function post(path: string, { body, type = FORM, dpop }: Sent): Promise<[number, Record<string, unknown>]> {
  const response = await fetch(`${world.hk.issuer}${path}`, {
    method: 'POST',
    headers: { 'content-type': type, ...(dpop === undefined ? {} : { dpop }) },
    body: body.toString(),
  });
  const text = await response.text();
  return [response.status, text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {}];
}

/** Parameters of a pushed request, whole and right. */
const parameters = async (over: Record<string, string> = {}): Promise<URLSearchParams> =>
  new URLSearchParams({
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await assertion(),
    client_id: RECIPIENT,
    response_type: 'code',
    redirect_uri: REDIRECT_URI,
    code_challenge: 'c'.repeat(43),
    code_challenge_method: 'S256',
    nonce: randomUUID(),
    ...creditReport(),
    ...over,
  });
const push = async (over: Record<string, string>, dpop?: string): Promise<[number, Record<string, unknown>]> =>
  post('/request', { body: await parameters(over), dpop: dpop ?? (await proof('/request')) });

/** Answered with this OAuth error, and nothing was stored or sent. */
async function refused(call: () => Promise<[number, Record<string, unknown>]>, status: number, error: string) {
  const before = await counts();
  const [found, body] = await call();
  expect([found, body['error']]).toEqual([status, error]);
  expect(await counts()).toEqual(before);
  return body;
}

describe('POST /request (RFC 9126)', () => {
  it('takes the right one, so that the others are refused for what they are', async () => {
    expect((await push({}))[0]).toBe(201);
  });

  it.each<[string, Record<string, string>, string]>([
    ['details that are no JSON', { authorization_details: '[{"type":' }, 'invalid_authorization_details'],
    [
      'details that are no array',
      { authorization_details: '{"type":"data-request"}' },
      'invalid_authorization_details',
    ],
    ['details of another type', { authorization_details: '[{"type":"payment"}]' }, 'invalid_authorization_details'],
    ['another redirect URI', { redirect_uri: 'https://elsewhere.example/cb' }, 'invalid_request'],
    ['no proof of the code', { code_challenge: '', code_challenge_method: '' }, 'invalid_request'],
  ])('refuses %s', (_what, over, error) => refused(() => push(over), 400, error));

  it('refuses an unknown member by its name', async () => {
    const { authorization_details } = creditReport({ surplus: 1 });
    const body = await refused(
      () => push({ authorization_details: authorization_details ?? '' }),
      400,
      'invalid_authorization_details',
    );
    expect(body).toMatchObject({ code: 'request-invalid', error_description: expect.stringContaining('surplus') });
  });

  it.each<[string, Record<string, unknown>]>([
    ['valid_until', { valid_until: dayIn(400) }],
    ['max_uses', { purpose: { code: 'direct-marketing' }, valid_until: dayIn(30), max_uses: 7 }],
    ['frequency', { frequency: { uses: 200, per: 'day' } }],
    ['data_range', { data_range: { from: '2001-01-01', to: '2026-01-01' } }],
    ['retention_until', { retention_until: dayIn(1900) }],
  ])('says by how much %s exceeds the purpose, before a broker or she is asked', async (member, over) => {
    const { authorization_details = '' } = creditReport(over);
    const asked = world.hk.others.assessed.length;
    const body = await refused(() => push({ authorization_details }), 400, 'invalid_authorization_details');
    expect(body).toMatchObject({ code: 'limit-exceeded', member, allowed: expect.any(Number) });
    expect(body['error_description']).toContain(`limit-exceeded: ${member} asks for`);
    expect(world.hk.others.assessed).toHaveLength(asked);
  });

  it.each<[string, ProblemCode]>([
    ['an unknown dataset', 'dataset-unknown'],
    ['a recipient key that is not in the directory', 'recipient-key-unknown'],
    ['an unknown holder', 'participant-unknown'],
  ])('passes on that the brokers know of %s', async (_what, code) => {
    world.hk.others.problem = new DomainError(code);
    expect(await refused(() => push({}), 400, 'invalid_authorization_details')).toMatchObject({ code });
  });

  it('refuses another content type and a body that is too large', async () => {
    const dpop = await proof('/request');
    const json = JSON.stringify(Object.fromEntries(await parameters()));
    await refused(() => post('/request', { body: json, type: 'application/json', dpop }), 400, 'invalid_request');
    const padding = { ui_locales: 'e'.repeat(300_000) };
    const body = await refused(() => push(padding), 400, 'invalid_request');
    expect(body['error_description']).toMatch(/large|parse/);
  });

  it.each<[string, Record<string, unknown>]>([
    ['has expired', { iat: 1_700_000_000 }],
    ['is for another address', { htu: 'http://elsewhere.example/request' }],
    ['is for another method', { htm: 'GET' }],
  ])('refuses a DPoP proof that %s', async (_what, over) => {
    const dpop = await proof('/request', over);
    await refused(() => push({}, dpop), 400, 'invalid_dpop_proof');
  });

  it('refuses a DPoP proof that was used before', async () => {
    const dpop = await proof('/request');
    expect((await push({}, dpop))[0]).toBe(201);
    const body = await refused(() => push({}, dpop), 400, 'invalid_request');
    expect(body['error_description']).toMatch(/replay/i);
  });

  it.each<[string, Record<string, unknown>]>([
    ['for another audience', { aud: 'http://cn-identity.test' }],
    ['that has expired', { exp: 1_700_000_000 }],
    ['that somebody else issued', { iss: 'closed-bank' }],
  ])('refuses a client assertion %s', async (_what, over) => {
    const client_assertion = await assertion(over);
    await refused(() => push({ client_assertion }), 401, 'invalid_client');
  });

  it('refuses a client assertion that was used before', async () => {
    const client_assertion = await assertion();
    expect((await push({ client_assertion }))[0]).toBe(201);
    await refused(() => push({ client_assertion }), 401, 'invalid_client');
  });
});

describe('POST /token', () => {
  const redeem = async (dpop: string): Promise<[number, Record<string, unknown>]> => {
    const body = await parameters({
      grant_type: 'authorization_code',
      code: 'x'.repeat(43),
      code_verifier: 'v'.repeat(43),
    });
    return post('/token', { body, dpop });
  };

  it('refuses a code that nobody was given', async () => {
    const dpop = await proof('/token');
    await refused(() => redeem(dpop), 400, 'invalid_grant');
  });

  it('refuses a proof that has expired', async () => {
    const dpop = await proof('/token', { iat: 1_700_000_000 });
    await refused(() => redeem(dpop), 400, 'invalid_dpop_proof');
  });
});

describe('POST /interaction/:uid/answers', () => {
  const at = `/interaction/${'u'.repeat(43)}/answers`;
  it.each<[string, number, Sent]>([
    ['malformed JSON', 400, { body: '{"do":', type: 'application/json' }],
    ['another content type', 415, { body: '<xml/>', type: 'application/xml' }],
    ['a body that is too large', 413, { body: `do=${'x'.repeat(100_000)}` }],
    ['too many fields', 413, { body: Array.from({ length: 200 }, (_, n) => `f${n}=1`).join('&') }],
    ['the form of a sign-in that is over', 400, { body: 'do=answers' }],
  ])('refuses %s, and nothing changes', async (_what, status, sent) => {
    const before = await counts();
    expect((await post(at, sent))[0]).toBe(status);
    expect(await counts()).toEqual(before);
  });
});
