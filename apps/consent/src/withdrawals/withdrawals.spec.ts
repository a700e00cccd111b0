import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endAcknowledged, issuePermit, recordReleased, withdrawForRecipient } from '@bayway/contracts';
import { digestOf } from '@bayway/envelope';
import { newPermitRequest } from '../../test/factories.js';
import { Administrator, newStatement, newWithdrawal } from '../../test/outside.js';
import { codeOf, problemIn, World } from '../../test/world.js';
import { SilenceService } from '../acknowledgements/silence.service.js';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.stop());

const passOn = (withdrawal: string, importer = 'hk') =>
  world.bus.ask(withdrawForRecipient, { withdrawal, importer: importer as 'hk' });
const permitOf = ({ consentId, subjectHandle }: { consentId: string; subjectHandle: string }) =>
  world.bus.ask(issuePermit, newPermitRequest({ consentId, subjectHandle }) as never);
const stateOf = async (id: string) =>
  (await world.row<{ state: string }>('select state from consent where id = $1', [id])).state;

/** A consent under which one record was released. */
async function released() {
  const her = world.resident();
  const consent = await her.consent();
  const { consentId, subjectHandle } = consent;
  const request = newPermitRequest({ consentId, subjectHandle });
  const { permit } = await world.bus.ask(issuePermit, request as never);
  const release = {
    ciphertextDigest: digestOf('c'),
    size: 10,
    chunks: 1,
    permit,
    commitment: digestOf(randomUUID()),
    availableUntil: new Date(Date.now() + 900_000).toISOString(),
  };
  const at = new Date().toISOString();
  const { dataRequestId } = request;
  await world.tell(recordReleased, { dataRequestId, consentId, holder: 'pengwan-credit', release, at });
  return { her, consentId, subjectHandle, dataRequestId };
}

describe('a withdrawal that the recipient passes on', () => {
  it('is in force when answered: no permit afterwards; all are told; the same one again is answered the same', async () => {
    const her = world.resident();
    const consent = await her.consent();
    const { consentId } = consent;
    const withdrawal = await newWithdrawal(world, { consentId });
    const answer = await passOn(withdrawal);
    expect(answer).toMatchObject({ consentId, state: 'withdrawn' });
    expect(await codeOf(permitOf(consent))).toBe('consent-withdrawn');
    const told = await world.query("select subscriber from outbox where aggregate = $1 and subject like '%ended%'", [
      consentId,
    ]);
    expect(told).toHaveLength(3);
    const row = await world.row('select channel, by, reference, signed from withdrawal where consent_id = $1', [
      consentId,
    ]);
    expect(row).toEqual({ channel: 'partner', by: 'tsing-wan-bank', reference: 'TWB/2026-0417', signed: withdrawal });
    expect(await passOn(withdrawal)).toEqual(answer);
    expect(await codeOf(passOn(await newWithdrawal(world, { consentId })))).toBe('consent-already-withdrawn');
  });

  it.each([
    ['another recipient', {}, 'hk/participant/lek-yuen-finance', 'consent-not-found'],
    ['a participant of that name elsewhere', {}, 'mo/participant/tsing-wan-bank', 'signer-not-allowed'],
    [
      'another that names the recipient',
      { iss: 'tsing-wan-bank' },
      'hk/participant/lek-yuen-finance',
      'signer-not-allowed',
    ],
    [
      'one for another jurisdiction',
      { aud: 'urn:bayway:mo:consent' },
      'hk/participant/tsing-wan-bank',
      'message-misaddressed',
    ],
    [
      'one that is over',
      { iat: 1_700_000_000, exp: 1_700_000_100 },
      'hk/participant/tsing-wan-bank',
      'signed-object-expired',
    ],
    ['one that is good for hours', { exp: 4_000_000_000 }, 'hk/participant/tsing-wan-bank', 'signed-object-expired'],
    [
      'one with a name for a reference',
      { reference: 'Chan Mei Yee' },
      'hk/participant/tsing-wan-bank',
      'withdrawal-invalid',
    ],
  ])('deny: %s', async (_name, over, by, code) => {
    const { consentId } = await world.resident().consent();
    const before = await world.counts();
    expect(await codeOf(passOn(await newWithdrawal(world, { consentId, ...over }, by)))).toBe(code);
    expect(await stateOf(consentId)).toBe('given');
    expect(await world.counts()).toEqual(before);
  });

  it('deny: by way of a broker of another jurisdiction', async () => {
    const { consentId } = await world.resident().consent();
    expect(await codeOf(passOn(await newWithdrawal(world, { consentId }), 'mo'))).toBe('consent-not-found');
  });
});

describe('a notice in writing', () => {
  const body = { reference: 'CN-2026/77', reason: 'letter of 20 November, in the file', receivedOn: '2026-11-20' };

  it('is entered by an administrator, with reference and reason, and is in force at once', async () => {
    const officer = new Administrator(world);
    const consent = await world.resident().consent();
    const { status, body: detail } = await officer.call(
      'POST',
      `/admin/consents/${consent.consentId}/withdrawal`,
      body,
    );
    expect(status).toBe(200);
    expect(detail).toMatchObject({ state: 'withdrawn', withdrawal: { channel: 'writing', by: officer.id, ...body } });
    expect(await codeOf(permitOf(consent))).toBe('consent-withdrawn');
    const again = await officer.call('POST', `/admin/consents/${consent.consentId}/withdrawal`, body);
    expect([again.status, problemIn(again)]).toEqual([409, 'consent-already-withdrawn']);
  });

  it.each([
    ['no reference', { reference: undefined }],
    ['a reason that says nothing', { reason: 'because' }],
    ['a day to come', { receivedOn: '2099-01-01' }],
  ])('deny: %s', async (_name, over) => {
    const { consentId } = await world.resident().consent();
    const path = `/admin/consents/${consentId}/withdrawal`;
    const answer = await new Administrator(world).call('POST', path, { ...body, ...over });
    expect(answer.status).toBe(400);
    expect(await stateOf(consentId)).toBe('given');
  });
});

describe('what holder and recipient sign', () => {
  const say = async (consentId: string, by: 'holder' | 'recipient', statement: string) =>
    world.tell(endAcknowledged, { consentId, by, at: new Date().toISOString(), statement });
  const listOf = async (
    her: { call: (m: 'GET', p: string) => Promise<{ body: Record<string, unknown> }> },
    id: string,
  ) => (await her.call('GET', `/me/consents/${id}`)).body['acknowledgements'] as Record<string, unknown>[];

  it('is shown to her with its words, and the releases that began earlier are named', async () => {
    const { her, consentId, dataRequestId } = await released();
    const withdrawn = await her.call('POST', `/me/consents/${consentId}/withdrawal`);
    expect(withdrawn.body['uses']).toMatchObject([{ dataRequestId }]);
    const holder = await newStatement(world, { consentId }, 'cn/connector/pengwan-credit');
    const stopped = await newStatement(world, { consentId, deleteBy: '2026-12-01' });
    await say(consentId, 'holder', holder);
    await say(consentId, 'recipient', stopped);
    const deleted = await newStatement(world, { consentId, what: 'deletion' });
    const before = await listOf(her, consentId);
    expect(before).toMatchObject([
      { by: 'holder', what: 'withdrawal', statement: holder, at: expect.any(String) },
      { by: 'recipient', what: 'withdrawal', statement: stopped, deleteBy: '2026-12-01', at: expect.any(String) },
      {
        by: 'recipient',
        what: 'deletion',
        statement: null,
        at: null,
        deleteBy: '2026-12-01',
        dueAt: '2026-12-01T16:00:00.000Z',
      },
    ]);
    await say(consentId, 'recipient', deleted);
    expect((await listOf(her, consentId))[2]).toMatchObject({
      what: 'deletion',
      statement: deleted,
      at: expect.any(String),
    });
    const lines = await her.call('GET', '/me/notifications');
    const kinds = (lines.body['items'] as unknown as { kind: string }[]).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'acknowledged')).toHaveLength(3);
  });

  it.each([
    ['another participant', 'recipient', 'hk/participant/lek-yuen-finance', {}],
    ['the recipient for the holder', 'holder', 'hk/participant/tsing-wan-bank', {}],
    ['a namesake of another jurisdiction', 'recipient', 'mo/participant/tsing-wan-bank', {}],
    ['the recipient about another consent', 'recipient', 'hk/participant/tsing-wan-bank', { consentId: randomUUID() }],
  ] as const)('deny: %s; it stays silence', async (_name, as, by, over) => {
    const her = world.resident();
    const { consentId } = await her.consent();
    await her.call('POST', `/me/consents/${consentId}/withdrawal`);
    await say(consentId, as, await newStatement(world, { consentId, ...over }, by));
    for (const row of await listOf(her, consentId)) expect([row['at'], row['statement']]).toEqual([null, null]);
    const refused = await world.query(
      "select 1 from evidence_record where type = 'message.refused' and record->>'consentId' = $1",
      [consentId],
    );
    expect(refused).toHaveLength(1);
  });

  it('is asked for in time: silence is named to her and in evidence, once, and an answer may still come', async () => {
    const { her, consentId } = await released();
    await her.call('POST', `/me/consents/${consentId}/withdrawal`);
    const silence = world.service.app.get(SilenceService);
    const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);
    await silence.work(inHours(23));
    expect((await listOf(her, consentId)).map((row) => row['silentSince'])).toEqual([null, null, null]);
    await world.query(
      "update acknowledgement set due_at = now() - interval '1 second' where consent_id = $1 and what = 'withdrawal'",
      [consentId],
    );
    await silence.work();
    await silence.work();
    const named = await listOf(her, consentId);
    expect(named.map((row) => row['silentSince'] !== null)).toEqual([true, true, false]);
    const evidence = await world.query(
      "select 1 from evidence_record where type = 'withdrawal.silent' and record->>'consentId' = $1",
      [consentId],
    );
    expect(evidence).toHaveLength(2);
    await say(consentId, 'recipient', await newStatement(world, { consentId }));
    expect((await listOf(her, consentId))[1]).toMatchObject({
      at: expect.any(String),
      silentSince: expect.any(String),
    });
  });
});
