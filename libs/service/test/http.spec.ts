import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testNats } from '@bayway/testing';
import request from 'supertest';
import { accessToken, endWorld, newWorld, proofFor, startProbe, type Caller, type World } from './fixture.js';

let world: World;
let server: Parameters<typeof request>[0];
let count: () => Promise<string>;
const BASE = 'http://cn-consent.test';
const ID = randomUUID();

beforeAll(async () => {
  world = await newWorld(await testNats());
  const started = await startProbe(world, 'cn', 'consent');
  server = started.app.app.getHttpServer() as never;
  const { DataSource } = await import('typeorm');
  const db = started.app.app.get(DataSource);
  count = async () =>
    JSON.stringify(await db.query('select (select count(*) from outbox) o, (select count(*) from evidence_record) e'));
});
afterAll(() => endWorld(world));

const code = (body: { type?: string }): string | undefined => body.type?.split('/').at(-1);

describe('a route', () => {
  it('answers by its schema and drops what is not in it', async () => {
    const answer = await request(server).get('/open').expect(200);
    expect(answer.body).toEqual({ text: 'open', who: null });
    expect(answer.headers['x-powered-by']).toBeUndefined();
  });

  it('is refused to everybody when it declares no access', async () => {
    const answer = await request(server).get('/undeclared').expect(403);
    expect(code(answer.body)).toBe('access-undeclared');
  });

  it('answers an unknown error with no text and an instance to quote', async () => {
    const answer = await request(server).get('/broken').expect(500);
    expect(JSON.stringify(answer.body)).not.toContain('secret');
    expect(answer.body.instance).toBe(`urn:uuid:${answer.headers['request-id']}`);
  });
});

describe('bad input', () => {
  const post = () => request(server).post('/notes');
  it.each([
    ['malformed JSON', () => post().set('content-type', 'application/json').send('{"text":'), 400, 'body-malformed'],
    ['an unknown key', () => post().send({ text: 'a', more: 1 }), 400, 'request-invalid'],
    ['a string over its limit', () => post().send({ text: 'a'.repeat(21) }), 400, 'request-invalid'],
    ['no body', () => post(), 400, 'request-invalid'],
    ['an oversize body', () => post().send({ text: 'a'.repeat(300_000) }), 413, 'body-too-large'],
    [
      'another content type',
      () => post().set('content-type', 'text/xml').send('<a/>'),
      415,
      'content-type-unsupported',
    ],
    ['an unknown address', () => request(server).get('/nowhere'), 404, 'route-not-found'],
  ] as const)('%s is a specific problem and changes nothing', async (_name, call, status, expected) => {
    const before = await count();
    const answer = await call();
    expect([answer.status, code(answer.body)]).toEqual([status, expected]);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(await count()).toBe(before);
  });

  it('names where and what, not the value', async () => {
    const answer = await request(server).post('/notes').send({ text: 42_424_242 });
    expect(answer.body.errors).toEqual([{ pointer: '#/text', detail: expect.stringContaining('expected string') }]);
    expect(JSON.stringify(answer.body)).not.toContain('42424242');
  });
});

describe('an access token', () => {
  const url = `${BASE}/mine/${ID}`;
  const call = (caller: Caller, proof?: string) => {
    const asked = request(server).get(`/mine/${ID}`).set('authorization', `DPoP ${caller.token}`);
    return proof ? asked.set('dpop', proof) : asked;
  };

  it('with a fresh proof is accepted once', async () => {
    const caller = await accessToken(world.trust);
    const proof = await proofFor(caller, { method: 'GET', url });
    const first = await call(caller, proof).expect(200);
    expect(first.body).toEqual({ text: ID, who: 'resident' });
    const second = await call(caller, proof).expect(401);
    expect(code(second.body)).toBe('dpop-proof-replayed');
  });

  it('is needed', async () => {
    const answer = await request(server).get(`/mine/${ID}`).expect(401);
    expect(code(answer.body)).toBe('token-missing');
    expect(answer.headers['www-authenticate']).toContain('DPoP');
  });

  it.each([
    ['an old proof', { iat: Math.floor(Date.now() / 1000) - 900 }, {}, 'dpop-proof-invalid'],
    ['a proof for another address', { url: `${BASE}/other` }, {}, 'dpop-proof-invalid'],
    ['a proof for another method', { method: 'POST' }, {}, 'dpop-proof-invalid'],
    ['a token for another service', {}, { aud: 'urn:bayway:cn:broker' }, 'token-audience-mismatch'],
    ['a token of another jurisdiction', {}, { iss: 'http://hk-identity.test' }, 'token-invalid'],
    ['an expired token', {}, { exp: Math.floor(Date.now() / 1000) - 120 }, 'token-invalid'],
  ])('is refused with %s', async (_name, proof, claims, expected) => {
    const caller = await accessToken(world.trust, claims);
    const answer = await call(caller, await proofFor(caller, { method: 'GET', url, ...proof })).expect(401);
    expect(code(answer.body)).toBe(expected);
  });

  it('is refused without a proof, with the proof of another key, and without the scope', async () => {
    const caller = await accessToken(world.trust);
    const other = await accessToken(world.trust);
    expect(code((await call(caller).expect(401)).body)).toBe('dpop-proof-invalid');
    const foreign = await proofFor({ key: other.key, token: caller.token }, { method: 'GET', url });
    expect(code((await call(caller, foreign).expect(401)).body)).toBe('dpop-proof-invalid');
    const poor = await accessToken(world.trust, { scope: 'openid' });
    expect(code((await call(poor, await proofFor(poor, { method: 'GET', url })).expect(403)).body)).toBe(
      'access-denied',
    );
  });
});

describe('what every service publishes', () => {
  it('is live and ready, with metrics and an OpenAPI document', async () => {
    await request(server).get('/health/live').expect(200, { status: 'live' });
    await request(server).get('/health/ready').expect(200, { status: 'ready', database: true, bus: true });
    const { body } = await request(server).get('/health/outbox').expect(200);
    expect(body).toEqual({ at: expect.any(String), ways: [] });
    expect((await request(server).get('/metrics').expect(200)).text).toContain('process_cpu_seconds_total');
    const document = (await request(server).get('/openapi.json').expect(200)).body;
    expect(Object.keys(document.paths as object)).toEqual(expect.arrayContaining(['/notes', '/mine/{id}']));
    expect(document.paths['/notes'].post.requestBody.content['application/json'].schema).toBeDefined();
  });
});
