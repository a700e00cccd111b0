import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CarriedRecordClaims, digestOf, fingerprintOf, openRecord, randomName, verify } from '@bayway/envelope';
import { CANARY, DOCUMENT } from '../../test/holder-system.js';
import { BANK, CARRY_TOKEN, codeOf, HOLDER, World } from '../../test/world.js';

let world: World;
beforeAll(async () => {
  world = await World.create();
});
afterAll(() => world.end());
beforeEach(async () => {
  world.reset();
  await world.db.query('delete from carried_record');
});

const ITEMS = ['subject-name', 'accounts'];
const OTHER = { kind: 'home-return-permit' as const, number: 'H87654321' };
async function make(
  over: Record<string, unknown> = {},
  token = CARRY_TOKEN,
): Promise<{ status: number; body: Record<string, string> }> {
  const body = { dataset: 'credit-report', items: ITEMS, documents: [DOCUMENT], ...over };
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const answer = await fetch(`${world.running.url}/carried-records`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
}
const made = async (over: Record<string, unknown> = {}): Promise<string> => (await make(over)).body['record'] ?? '';
const compare = (file: string, over: Record<string, unknown> = {}) => {
  const salt = randomName();
  const carried = { salt, fingerprint: fingerprintOf(digestOf(file), salt) };
  return world.order({ request: { mode: 'verify', items: ITEMS, carried, ...over } });
};
async function answerTo(order: Awaited<ReturnType<typeof compare>>): Promise<unknown> {
  await world.release(order);
  const trust = { by: `cn/participant/${HOLDER}`, keys: await world.trust.directory(), at: new Date() };
  const ciphertext = await world.fetch(order.dataRequestId);
  return (await openRecord(ciphertext, world.trust.key(BANK, 'enc'), trust)).record.items;
}
const kept = () => world.db.query<Record<string, unknown>[]>('select * from carried_record');

describe('POST /carried-records', () => {
  it('signs her own record for her to carry, and keeps nothing of it but its digest', async () => {
    const first = await make();
    expect(first).toMatchObject({ status: 201 });
    const file = first.body['record'] ?? '';
    const trust = { by: `cn/participant/${HOLDER}`, keys: await world.trust.directory(), at: new Date() };
    const claims = await verify(file, { type: 'carried', schema: CarriedRecordClaims, ...trust });
    expect(claims.items).toMatchObject({ 'subject-name': { name: '陳美怡' } });
    expect(JSON.stringify(claims.items)).toContain(CANARY);
    const [row, ...others] = await kept();
    expect(others).toEqual([]);
    expect(row).toMatchObject({ digest: digestOf(file), items: ITEMS, compared_at: null });
    expect(JSON.stringify(row)).not.toMatch(/H12345678|canary|陳/);
    expect(await made()).not.toBe(file);
  });

  it.each([
    ['another token', {}, 403, 'another-token-of-the-same-length-0123456'],
    ['an unknown dataset', { dataset: 'horoscope' }, 404, CARRY_TOKEN],
    ['an unknown item', { items: ['star-sign'] }, 400, CARRY_TOKEN],
    ['no document', { documents: [] }, 400, CARRY_TOKEN],
    [
      'a document of nobody on file',
      { documents: [{ kind: 'home-return-permit', number: 'H00000000' }] },
      404,
      CARRY_TOKEN,
    ],
    ['another shape', { more: 1 }, 400, CARRY_TOKEN],
  ])('refuses %s, and keeps nothing', async (_name, over, status, token) => {
    const answer = await make(over, token);
    expect([answer.status, answer.body['record']]).toEqual([status, undefined]);
    expect(await kept()).toEqual([]);
  });
});

describe('mode `verify`', () => {
  it('says that the file is the one she was given, and nothing else', async () => {
    expect(await answerTo(await compare(await made()))).toEqual({ match: true });
  });

  it.each<[string, (file: string) => Promise<string> | string, Record<string, unknown>]>([
    ['a file that was altered', (file) => `${file.slice(0, -4)}AAAA`, {}],
    ['a file of other items', () => made({ items: ['subject-name'] }), {}],
    ['somebody else’s file', () => made({ documents: [OTHER] }), {}],
  ])('says that %s is not', async (_name, other, over) => {
    const file = await made();
    expect(await answerTo(await compare(await other(file), over))).toEqual({ match: false });
    expect(await answerTo(await compare(file))).toEqual({ match: true });
  });

  it('says that an expired file is not', async () => {
    const file = await made();
    await world.db.query(`update carried_record set expires_at = now() - interval '1 second'`);
    expect(await answerTo(await compare(file))).toEqual({ match: false });
  });

  it('compares a file once, whoever asks again', async () => {
    const file = await made();
    const first = await compare(file);
    await world.release(first);
    const asked = world.asked.length;
    expect(await codeOf(world.release(await compare(file)))).toBe('request-record-compared');
    expect(world.asked).toHaveLength(asked);
    expect(await codeOf(world.release(first))).toBe('accepted');
  });

  it('compares a file once, also when two ask at the same time', async () => {
    const file = await made();
    const orders = await Promise.all([compare(file), compare(file)]);
    const codes = await Promise.all(orders.map((order) => codeOf(world.release(order))));
    expect(codes.sort()).toEqual(['accepted', 'request-record-compared']);
    expect((await kept()).filter(({ compared_at: at }) => at !== null)).toHaveLength(1);
  });

  it('uses a file up by a match only', async () => {
    const file = await made();
    const salt = randomName();
    const guess = { mode: 'verify', items: ITEMS, carried: { salt, fingerprint: randomName() } };
    expect(await answerTo(await world.order({ request: guess }))).toEqual({ match: false });
    expect(await answerTo(await compare(file))).toEqual({ match: true });
  });
});
