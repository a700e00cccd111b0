import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { digestOf } from '@bayway/envelope';
import { officer, problemIn, World, type Resident } from '../../test/world.js';

let world: World;
let administrator: Resident;
beforeAll(async () => {
  world = await World.start();
  administrator = world.resident();
});
afterAll(() => world.stop());

const role = officer('consent-administrator');
const record = (body: Record<string, unknown>, by: Resident = administrator, token: Record<string, unknown> = role) =>
  by.call('POST', '/admin/representations', token, body);
const proof = { kind: 'birth-certificate', digest: digestOf('a certificate') };

describe('a power is recorded', () => {
  const [subject, actorId] = [{ kind: 'person', id: randomUUID() }, randomUUID()];
  const good = {
    kind: 'guardian',
    relation: 'parent',
    proof,
    bornOn: '2016-05-01',
    validUntil: '2040-01-01',
    subject,
    actorId,
  };

  it('with its proof, until the day before the fourteenth birthday, in evidence', async () => {
    const { body } = await record(good);
    expect(body).toMatchObject({ validUntil: '2030-04-30', endedAt: null });
    const entry = await world.row<{ record: object }>(
      "select record from evidence_record where record->>'representationId' = $1",
      [body['id']],
    );
    expect(JSON.stringify(entry.record)).not.toMatch(new RegExp(`2016|${actorId}|${subject.id}`));
    const list = await administrator.call('GET', `/admin/representations?subject=${subject.id}`, role);
    expect(list.body).toMatchObject({ items: [{ id: body['id'], relation: 'parent' }] });
  });

  it.each([
    ['of one who is fourteen', { bornOn: '2010-01-01' }, 'subject-of-age'],
    ['of one whose birth nobody knows', { bornOn: undefined }, 'subject-of-age'],
    ['of a guardian for an organisation', { subject: { kind: 'organisation', id: randomUUID() } }, 'request-invalid'],
    ['of a guardian who is an officer', { relation: 'officer' }, 'request-invalid'],
    ['of somebody for herself', { actorId: subject.id }, 'request-invalid'],
    ['that ends before it begins', { validFrom: '2030-01-01', validUntil: '2029-01-01' }, 'request-invalid'],
    ['without a proof', { proof: undefined }, 'request-invalid'],
  ])('not one %s', async (_name, over, code) => {
    const before = await world.counts();
    expect(problemIn(await record({ ...good, ...over }))).toBe(code);
    expect(await world.counts()).toEqual(before);
  });

  it('deny: by a resident, a regulator, a rules officer, and by who would act', async () => {
    const before = await world.counts();
    for (const token of [{}, officer('regulator'), officer('rules-officer')])
      expect(problemIn(await record(good, world.resident(), { ...token, jti: randomUUID() }))).toBe('access-denied');
    expect(problemIn(await record({ ...good, actorId: administrator.id }))).toBe('request-invalid');
    expect(problemIn(await administrator.call('POST', `/admin/representations/${randomUUID()}/end`, role))).toBe(
      'representation-not-found',
    );
    expect(await world.counts()).toEqual(before);
  });
});
