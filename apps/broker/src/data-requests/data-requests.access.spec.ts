import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assess, audienceOf } from '@bayway/contracts';
import type { EnrichedDetail } from '@bayway/domain';
import { digestOf, epochSeconds } from '@bayway/envelope';
import { newDetail } from '../../test/details.js';
import { HolderSide } from '../../test/holder-side.js';
import { enrich, Partner, problemCode, type Reply, type Token } from '../../test/partner.js';
import { hongKong, mainland } from '../../test/participants.js';
import { counted, until, World, type Side } from '../../test/world.js';

let world: World;
let hk: Side;
let holder: HolderSide;
let bank: Partner;
let detail: EnrichedDetail;
let token: Token;
const now = epochSeconds(new Date());

beforeAll(async () => {
  world = await World.create();
  const sides = await Promise.all([world.broker('hk', hongKong()), world.broker('cn', mainland())]);
  hk = sides[0];
  holder = new HolderSide(world, sides[1]);
  bank = new Partner(world, hk);
  const routed = newDetail(world.trust);
  await hk.bus.ask(assess, { detail: routed });
  detail = holder.agree(enrich(routed));
  token = await bank.token(detail);
});
afterAll(() => world.end());

const TABLES = ['data_request', 'assessment', 'outbox', 'evidence_record'];
/** Answered with this problem, and nothing was stored or sent. */
async function refused(call: () => Promise<Reply>, status: number, code: string): Promise<void> {
  const before = await counted(hk.db, ...TABLES);
  const reply = await call();
  expect([reply.status, problemCode(reply)]).toEqual([status, code]);
  expect(reply.headers.get('content-type')).toContain('application/problem+json');
  expect(await counted(hk.db, ...TABLES)).toEqual(before);
}
const post = (body: unknown, headers: Record<string, string> = {}, by: Token | null = token) =>
  bank.call('POST', '/data-requests', { token: by, body, headers: { 'idempotency-key': randomUUID(), ...headers } });

describe('POST /data-requests, by its token', () => {
  const body = async () => ({ signedRequest: await bank.signedRequest(detail) });

  it.each<[string, number, string, () => Promise<Token>]>([
    [
      'for another service',
      401,
      'token-audience-mismatch',
      () => bank.token(detail, { aud: audienceOf('hk', 'consent') }),
    ],
    [
      'for another jurisdiction',
      401,
      'token-audience-mismatch',
      () => bank.token(detail, { aud: audienceOf('cn', 'broker') }),
    ],
    ['of another issuer', 401, 'token-invalid', () => bank.token(detail, { iss: 'http://cn-identity.test' })],
    ['without the scope', 403, 'access-denied', () => bank.token(detail, { scope: 'openid' })],
    ['that names no record', 403, 'access-denied', () => bank.token(null)],
    ['of no participant', 403, 'access-denied', () => bank.token(detail, { client_id: 'NO PARTICIPANT' })],
    ['of another participant', 403, 'signer-not-allowed', () => bank.token(detail, { client_id: 'closed-bank' })],
  ])('refuses one %s', async (_name, status, code, make) => {
    const [wrong, sent] = [await make(), await body()];
    await refused(() => post(sent, {}, wrong), status, code);
  });

  it('refuses none at all', async () => {
    const sent = await body();
    await refused(() => post(sent, {}, null), 401, 'token-missing');
  });

  it.each([
    ['expired', now - 900],
    ['made for later', now + 900],
  ])('refuses a proof that is %s', async (_name, iat) => {
    const call = { method: 'POST', path: '/data-requests' };
    const [sent, proof] = [await body(), await bank.proof(token, { ...call, iat })];
    await refused(() => bank.call(call.method, call.path, { token, body: sent, proof }), 401, 'dpop-proof-invalid');
  });

  it('refuses a proof that was used before, is for another call, or by another key', async () => {
    const call = { method: 'POST', path: '/data-requests' };
    const sent = await body();
    const proof = await bank.proof(token, { method: 'GET', path: `/data-requests/${randomUUID()}` });
    await refused(() => bank.call(call.method, call.path, { token, body: sent, proof }), 401, 'dpop-proof-invalid');
    const other = await bank.proof({ ...token, key: (await bank.token(detail)).key }, call);
    await refused(
      () => bank.call(call.method, call.path, { token, body: sent, proof: other }),
      401,
      'dpop-proof-invalid',
    );
    const once = await bank.proof(token, call);
    await refused(() => bank.call(call.method, call.path, { token, body: {}, proof: once }), 400, 'request-invalid');
    await refused(
      () => bank.call(call.method, call.path, { token, body: sent, proof: once }),
      401,
      'dpop-proof-replayed',
    );
  });
});

describe('POST /data-requests, by its body', () => {
  it.each<[string, number, string, unknown, Record<string, string>]>([
    ['malformed JSON', 400, 'body-malformed', '{"signedRequest":', {}],
    ['unknown members', 400, 'request-invalid', { signedRequest: 'a.b.c', more: 1 }, {}],
    ['no signed object', 400, 'request-invalid', { signedRequest: 'nothing' }, {}],
    ['a signed object of nobody', 400, 'signature-invalid', { signedRequest: 'a.b.c' }, {}],
    ['another content type', 415, 'content-type-unsupported', '<xml/>', { 'content-type': 'application/xml' }],
    ['too much', 413, 'body-too-large', { signedRequest: 'a'.repeat(300_000) }, {}],
    [
      'a key that is too long',
      400,
      'request-invalid',
      { signedRequest: 'a.b.c' },
      { 'idempotency-key': 'k'.repeat(65) },
    ],
    ['no key', 400, 'idempotency-key-missing', { signedRequest: 'a.b.c' }, { 'idempotency-key': '' }],
  ])('refuses %s', (_name, status, code, body, headers) => refused(() => post(body, headers), status, code));

  it.each<[string, number, string, Record<string, unknown>, string | undefined]>([
    ['expired', 400, 'signed-object-expired', { iat: now - 300, exp: now - 60 }, undefined],
    ['valid for too long', 400, 'signed-object-expired', { exp: now + 3_600 }, undefined],
    ['from the future', 400, 'signed-object-expired', { iat: now + 600, exp: now + 700 }, undefined],
    ['for another broker', 403, 'message-misaddressed', { aud: audienceOf('cn', 'broker') }, undefined],
    ['in another name', 403, 'signer-not-allowed', { iss: 'closed-bank' }, undefined],
    ['signed by another participant', 403, 'signer-not-allowed', {}, 'hk/participant/closed-bank'],
    ['signed by a service', 403, 'signer-not-allowed', {}, 'hk/broker'],
    ['with unknown claims', 400, 'signature-invalid', { more: 1 }, undefined],
    ['for another dataset than the token’s', 403, 'consent-mismatch', { dataset: 'horoscope' }, undefined],
    ['for an item she left out', 403, 'consent-mismatch', { items: ['accounts', 'enquiries'] }, undefined],
    ['for more items than the token’s', 403, 'consent-mismatch', { items: ['accounts', 'blood-type'] }, undefined],
    ['for another purpose', 403, 'consent-mismatch', { purpose: { code: 'direct-marketing' } }, undefined],
    ['that it keeps for longer', 403, 'consent-mismatch', { retention_until: '2100-01-01' }, undefined],
    ['to another key', 403, 'consent-mismatch', { recipient_key: 'A'.repeat(43) }, undefined],
    ['under another consent', 403, 'consent-mismatch', { consent_id: randomUUID() }, undefined],
    ['about another handle', 403, 'consent-mismatch', { subject_handle: 'A'.repeat(43) }, undefined],
    ['of another flow', 403, 'consent-mismatch', { request_id: randomUUID() }, undefined],
  ])('refuses a request %s', async (_name, status, code, over, owner) => {
    const signedRequest = await bank.signedRequest(detail, over, owner);
    await refused(() => post({ signedRequest }), status, code);
  });

  it('refuses a request that was altered', async () => {
    const [head, payload, signature] = (await bank.signedRequest(detail)).split('.') as [string, string, string];
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const altered = Buffer.from(JSON.stringify({ ...claims, items: ['accounts'] })).toString('base64url');
    await refused(() => post({ signedRequest: [head, altered, signature].join('.') }), 400, 'signature-invalid');
  });

  it('refuses a recipient key that is not in the directory, even when the token names it', async () => {
    const elsewhere = { ...detail, recipient_key: 'A'.repeat(43) };
    const [named, signedRequest] = [await bank.token(elsewhere), await bank.signedRequest(elsewhere)];
    await refused(() => post({ signedRequest }, {}, named), 400, 'recipient-key-unknown');
  });

  it('refuses a flow that this broker never assessed', async () => {
    const stranger = { ...detail, request_id: randomUUID() as typeof detail.request_id };
    const [named, signedRequest] = [await bank.token(stranger), await bank.signedRequest(stranger)];
    await refused(() => post({ signedRequest }, {}, named), 403, 'consent-mismatch');
  });

  it('refuses a participant that is suspended', async () => {
    const closed = new Partner(world, hk, 'closed-bank');
    const recipient_key = world.trust.key('hk/participant/closed-bank', 'enc').kid;
    const theirs = { ...detail, recipient: 'closed-bank' as typeof detail.recipient, recipient_key };
    const [named, signedRequest] = [await closed.token(theirs), await closed.signedRequest(theirs)];
    await refused(() => closed.post(signedRequest, { token: named }), 403, 'participant-suspended');
  });
});

describe('what is another partner’s', () => {
  let id: string;
  let other: Token;
  beforeAll(async () => {
    id = (await bank.post(await bank.signedRequest(detail), { token })).body.id;
    other = await bank.token(detail, { client_id: 'kowloon-school' });
  });

  it.each(['', '/record'])('is not found at /data-requests/:id%s', async (rest) => {
    await refused(
      () => bank.call('GET', `/data-requests/${id}${rest}`, { token: other }),
      404,
      'data-request-not-found',
    );
    expect((await bank.call('GET', `/data-requests/${id}${rest}`, { token })).status).toBe(200);
  });

  it('is not receipted', async () => {
    await until(async () => (await bank.call('GET', `/data-requests/${id}`, { token })).body.state === 'delivered');
    const receipt = await bank.receipt({ dataRequestId: id, ciphertextDigest: digestOf('x') });
    const call = { token: other, body: { receipt } };
    await refused(() => bank.call('POST', `/data-requests/${id}/receipt`, call), 404, 'data-request-not-found');
  });

  it('is not found under an id that is none', async () => {
    await refused(() => bank.call('GET', '/data-requests/one', { token }), 400, 'request-invalid');
  });
});

describe('POST /data-requests/:id/receipt', () => {
  let id: string;
  let ciphertextDigest: string;
  beforeAll(async () => {
    const { body } = await bank.post(await bank.signedRequest(detail), { token });
    [id, ciphertextDigest] = [body.id, body.record?.ciphertextDigest ?? ''];
  });
  const send = (receipt: string) => bank.call('POST', `/data-requests/${id}/receipt`, { token, body: { receipt } });

  it.each<[string, number, string, () => Promise<string>]>([
    [
      'about other ciphertext',
      400,
      'receipt-invalid',
      () => bank.receipt({ dataRequestId: id, ciphertextDigest: 'A'.repeat(43) }),
    ],
    [
      'about another request',
      400,
      'receipt-invalid',
      () => bank.receipt({ dataRequestId: randomUUID(), ciphertextDigest }),
    ],
    [
      'signed by somebody else',
      403,
      'signer-not-allowed',
      () => bank.receipt({ dataRequestId: id, ciphertextDigest }, 'hk/participant/closed-bank'),
    ],
    ['that is a signed request', 400, 'signature-invalid', () => bank.signedRequest(detail)],
  ])('refuses a receipt %s', async (_name, status, code, make) => {
    const receipt = await make();
    await refused(() => send(receipt), status, code);
  });

  it('takes one receipt and no second, other one', async () => {
    expect((await send(await bank.receipt({ dataRequestId: id, ciphertextDigest }))).body.state).toBe('receipted');
    const second = await bank.receipt({ dataRequestId: id, ciphertextDigest });
    await refused(() => send(second), 400, 'receipt-invalid');
  });
});
