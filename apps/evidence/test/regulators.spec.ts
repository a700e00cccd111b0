import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { audienceOf, type Role } from '@bayway/contracts';
import type { Jurisdiction } from '@bayway/domain';
import { digestOf, newKey } from '@bayway/envelope';
import { leafHash, parseTlogProof, verifyTlogProof } from '@bayway/transparency';
import { importJWK, SignJWT } from 'jose';
import { endWorld, newWorld, proofOf, start, trustIn, until, type World } from './fixture.js';
import {
  endKeepers,
  enterConnector,
  HOLDER,
  newRelease,
  say,
  startKeepers,
  STEPS,
  take,
  type Keepers,
} from './keepers.js';

type Sent = Readonly<{ at?: Jurisdiction; roles?: readonly Role[]; scope?: string; anonymous?: boolean }>;
type Item = Readonly<{ id: string; type: string; commitment: string; index: number | null; isErased: boolean }>;

let world: World;
let keepers: Keepers;
const cn = () => world.sides.cn;

/** Asks as a regulator of the Mainland, with a token of its OP and a proof for the call, unless told otherwise. */
async function ask(path: string, sent: Sent = {}): Promise<{ status: number; text: string; body: never }> {
  const { at = 'cn', roles = ['regulator'], scope = 'administration' } = sent;
  const key = await newKey('sig');
  const signer = world.trust.key(`${at}/identity`, 'oidc');
  const token = await new SignJWT({
    ...{ client_id: 'console', scope: `openid ${scope}`, roles, jti: randomUUID(), cnf: { jkt: key.kid } },
    ...{ iss: `http://${at}-identity.test`, sub: randomUUID(), aud: audienceOf(at, 'evidence') },
  })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: signer.kid })
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(await importJWK(signer.jwk, 'ES256'));
  const url = new URL(path, cn().url);
  const proof = await new SignJWT({
    htm: 'GET',
    htu: `${cn().url}${url.pathname}`,
    jti: randomUUID(),
    ath: digestOf(token),
  })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: { ...key.publicKey } })
    .setIssuedAt()
    .sign(await importJWK(key.jwk, 'ES256'));
  const headers: Record<string, string> = sent.anonymous ? {} : { authorization: `DPoP ${token}`, dpop: proof };
  const response = await fetch(url, { headers });
  const text = await response.text();
  return { status: response.status, text, body: (text.startsWith('{') ? JSON.parse(text) : null) as never };
}

const itemsOf = async (keeper: string, after = ''): Promise<Item[]> =>
  ((await ask(`/regulator/entries?keeper=${encodeURIComponent(keeper)}${after}`)).body as { items: Item[] }).items;

beforeAll(async () => {
  world = await newWorld();
  Object.assign(cn().environment, { RECONCILE_SECONDS: '1', RECONCILE_GRACE_SECONDS: '3' });
  await enterConnector(world, cn());
  await Promise.all([start(world.sides.hk), start(world.sides.mo), start(cn())]);
  keepers = await startKeepers(world, cn(), ['identity', 'consent', 'broker', 'connector']);
  const about = newRelease();
  let last = '';
  for (const step of STEPS) last = await take(keepers, step, about);
  await proofOf(cn(), last);
}, 180_000);
afterAll(async () => {
  await endKeepers(Object.values(keepers));
  await endWorld(world);
}, 60_000);

describe('GET /regulator/entries', () => {
  it('is what a service recorded, by type, time and place, and neither its record nor its salt', async () => {
    const found = await until(async () => {
      const items = await itemsOf('cn/broker');
      return items.length > 0 && items.every(({ index }) => index !== null) ? items : undefined;
    });
    expect(found.map(({ type }) => type).sort()).toEqual(['assessment.made', 'request.arrived']);
    expect(found.map((item) => Object.keys(item).sort())).toEqual(
      found.map(() => ['at', 'commitment', 'id', 'index', 'isErased', 'type']),
    );
    expect((await itemsOf(`cn/connector/${HOLDER}`)).map(({ type }) => type)).toEqual(['release.made']);
    expect((await itemsOf('cn/evidence')).every(({ type }) => type === 'key.entered')).toBe(true);
  });

  it('goes on behind a record, and says of an erased one that it is', async () => {
    const [first, ...others] = await itemsOf('cn/consent');
    expect(await itemsOf('cn/consent', `&after=${first?.id}`)).toEqual(others);
    await say(keepers.consent, 'salts.destroyed', { ended: randomUUID(), salts: 0 });
    expect((await itemsOf('cn/consent')).map(({ type }) => type)).toContain('salts.destroyed');
    const { status, text } = await ask('/regulator/entries?keeper=hk/broker');
    expect([status, text]).toEqual([404, expect.stringContaining('keeper-not-found')]);
    for (const query of ['', '?keeper=broker', '?keeper=cn/broker&after=1', '?keeper=cn/broker&limit=9'])
      expect((await ask(`/regulator/entries${query}`)).status).toBe(400);
  });
});

describe('GET /regulator/entries/:index/proof', () => {
  it('proves an entry by its index, under checkpoints that both witnesses signed', async () => {
    const [item] = await itemsOf(`cn/connector/${HOLDER}`);
    const { status, text } = await ask(`/regulator/entries/${item?.index}/proof`);
    expect(status).toBe(200);
    const leaf = leafHash(Buffer.from(item?.commitment ?? '', 'base64url'));
    const { cosignatures } = await verifyTlogProof(parseTlogProof(text), leaf, trustIn(world, 'cn'));
    expect(cosignatures).toHaveLength(2);
    expect((await ask('/regulator/entries/1000000/proof')).status).toBe(404);
    expect((await ask('/regulator/entries/-1/proof')).status).toBe(400);
  });
});

describe('GET /regulator/reconciliations', () => {
  it('is every report, newest first', async () => {
    const found = await until(async () => {
      const { items } = (await ask('/regulator/reconciliations')).body as { items: { no: number }[] };
      return items.length > 0 ? items : undefined;
    }, 30_000);
    const older = (await ask(`/regulator/reconciliations?before=${found.at(-1)?.no}`)).body;
    expect(older).toEqual({ items: [] });
  }, 45_000);
});

describe('deny: what regulators read', () => {
  it.each<[string, Sent, number]>([
    ['nobody', { anonymous: true }, 401],
    ['an administrator of consents', { roles: ['consent-administrator'] }, 403],
    ['a rules officer', { roles: ['rules-officer'] }, 403],
    ['an administrator without a role', { roles: [] }, 403],
    ['a resident', { scope: 'consent' }, 403],
    ['a regulator of another jurisdiction', { at: 'hk' }, 401],
  ])('%s', async (_who, sent, status) => {
    for (const path of ['entries?keeper=cn/broker', 'entries/0/proof', 'reconciliations'])
      expect((await ask(`/regulator/${path}`, sent)).status).toBe(status);
  });
});
