import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { activateConsent, consentEnded, consentFacts, ConsentReceiptClaims, endAcknowledged } from '@bayway/contracts';
import { verify } from '@bayway/envelope';
import { newActs, newDetail, newHandle } from '../../test/factories.js';
import { codeOf, problemIn, World } from '../../test/world.js';
import { ConsentsService } from './consents.service.js';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.stop());

const activate = (consentId: string, flowId: string) => world.bus.ask(activateConsent, { consentId, flowId } as never);
const sweep = () => world.service.app.get(ConsentsService).sweep();
const ends = (consentId: string) =>
  world.query<{ subscriber: string; data: Record<string, string> }>(
    'select subscriber, data from outbox where subject = $1 and aggregate = $2 order by seq',
    [consentEnded.subject, consentId],
  );
const history = async (consentId: string) =>
  (
    await world.query<{ state: string }>('select state from consent_history where consent_id = $1 order by at', [
      consentId,
    ])
  ).map(({ state }) => state);

describe('activate', () => {
  it('puts the consent in force once, with a receipt, and gives the same answer again', async () => {
    const { consentId, detail } = await world.resident().pending();
    const first = await activate(consentId, detail.request_id);
    expect(first.state).toBe('given');
    expect(await activate(consentId, detail.request_id)).toEqual(first);
    expect(await history(consentId)).toEqual(['pending', 'given']);
    const keys = await world.trust.directory();
    const expected = { type: 'receipt', schema: ConsentReceiptClaims, by: 'cn/consent', keys, at: new Date() } as const;
    const told = (await verify(first.receipt, expected)).events.map(({ state }) => state);
    expect(told).toEqual(['requested', 'pending', 'given']);
  });

  it('counts once when told several times at once', async () => {
    const { consentId, detail } = await world.resident().pending();
    const answers = await Promise.all([1, 2, 3].map(() => activate(consentId, detail.request_id)));
    expect(new Set(answers.map(({ receipt }) => receipt)).size).toBe(1);
  });

  it('is refused for another flow, an unknown consent, a refusal, and after ten minutes', async () => {
    const her = world.resident();
    const { consentId, detail } = await her.pending();
    expect(await codeOf(activate(consentId, randomUUID()))).toBe('consent-mismatch');
    expect(await codeOf(activate(randomUUID(), detail.request_id))).toBe('consent-not-found');
    await world.query("update consent set lapses_at = now() - interval '1 second' where id = $1", [consentId]);
    expect(await codeOf(activate(consentId, detail.request_id))).toBe('consent-not-given');

    const composed = await her.compose();
    const acts = await newActs(world.trust, composed, { subject: her.subjectIn(composed), refuse: ['overseas'] });
    const refused = await her.decide({ askId: composed.askId, acts });
    const { flow_id: flow } = await world.row<{ flow_id: string }>('select flow_id from consent where id = $1', [
      refused.consentId,
    ]);
    expect(await codeOf(activate(refused.consentId, flow))).toBe('consent-not-given');
  });
});

describe('time', () => {
  it('lets a click lapse that nobody redeemed, and says so', async () => {
    const { consentId } = await world.resident().pending();
    await sweep();
    expect(await history(consentId)).toEqual(['pending']);
    await world.query("update consent set lapses_at = now() - interval '1 second' where id = $1", [consentId]);
    await sweep();
    expect(await history(consentId)).toEqual(['pending', 'lapsed']);
    expect((await ends(consentId)).map(({ data }) => data['state'])).toEqual(['lapsed', 'lapsed', 'lapsed']);
  });

  it('ends a consent after its last day, and says so once', async () => {
    const { consentId } = await world.resident().consent();
    await world.query("update consent set expires_at = now() - interval '1 second' where id = $1", [consentId]);
    await Promise.all([sweep(), sweep()]);
    await sweep();
    expect(await history(consentId)).toEqual(['pending', 'given', 'expired']);
    expect(await ends(consentId)).toHaveLength(3);
  });
});

describe('withdrawal', () => {
  it('is in force when confirmed, told to all, and answered once', async () => {
    const her = world.resident();
    const { consentId, detail } = await her.consent();
    const { status, body } = await her.call('POST', `/me/consents/${consentId}/withdrawal`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: 'withdrawn',
      uses: [],
      acknowledgements: [
        { by: 'holder', what: 'withdrawal', at: null },
        { by: 'recipient', what: 'withdrawal', at: null },
      ],
    });
    const told = await ends(consentId);
    const subscribers = told.map(({ subscriber }) => subscriber).sort();
    expect(subscribers).toEqual(['broker', 'connector.pengwan-credit', 'identity']);
    expect(told[0]?.data).toEqual({
      consentId,
      state: 'withdrawn',
      at: body['endedAt'],
      importer: 'hk',
      exporter: 'cn',
      holder: 'pengwan-credit',
      recipient: 'tsing-wan-bank',
      flowId: detail.request_id,
    });

    const before = await world.counts();
    const again = await her.call('POST', `/me/consents/${consentId}/withdrawal`);
    expect([again.status, problemIn(again)]).toEqual([409, 'consent-already-withdrawn']);
    const codes = await codeOf(activate(consentId, detail.request_id));
    expect(codes).toBe('consent-withdrawn');
    expect(await world.counts()).toEqual(before);
  });

  it('is possible before the code is redeemed, which then comes too late', async () => {
    const her = world.resident();
    const { consentId, detail } = await her.pending();
    expect((await her.call('POST', `/me/consents/${consentId}/withdrawal`)).status).toBe(200);
    expect(await codeOf(activate(consentId, detail.request_id))).toBe('consent-withdrawn');
  });

  it('happens once when confirmed twice at once', async () => {
    const her = world.resident();
    const { consentId } = await her.consent();
    const both = await Promise.all([1, 2].map(() => her.call('POST', `/me/consents/${consentId}/withdrawal`)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await ends(consentId)).toHaveLength(3);
  });

  it('shows whose side was told, the first word of each, and takes no news for an answer', async () => {
    const her = world.resident();
    const { consentId } = await her.consent();
    await her.call('POST', `/me/consents/${consentId}/withdrawal`);
    const at = new Date().toISOString();
    await world.tell(endAcknowledged, { consentId, by: 'holder', at });
    await world.tell(endAcknowledged, { consentId, by: 'holder', at: new Date(Date.now() + 5_000).toISOString() });
    await world.tell(endAcknowledged, { consentId: randomUUID(), by: 'recipient', at });
    const { body } = await her.call('GET', `/me/consents/${consentId}`);
    expect(body['acknowledgements']).toMatchObject([
      { by: 'holder', what: 'withdrawal', toldAt: at, at: null },
      { by: 'recipient', what: 'withdrawal', toldAt: null, at: null },
    ]);
  });

  it('leaves evidence and a receipt that says so', async () => {
    const her = world.resident();
    const { consentId } = await her.consent();
    await her.call('POST', `/me/consents/${consentId}/withdrawal`);
    const { body } = await her.call('GET', `/me/consents/${consentId}/receipt`);
    const keys = await world.trust.directory();
    const expected = { type: 'receipt', schema: ConsentReceiptClaims, by: 'cn/consent', keys, at: new Date() } as const;
    expect(await verify(String(body['receipt']), expected)).toMatchObject({ consentId, state: 'withdrawn' });
    const types = await world.query<{ type: string }>(
      "select type from evidence_record where record->>'consentId' = $1 order by recorded_at",
      [consentId],
    );
    expect(types.map(({ type }) => type)).toEqual(['consent.pending', 'consent.given', 'consent.ended']);
  });
});

describe('facts for the broker', () => {
  it('say how the consent stands, and count her under the same name for the same holder', async () => {
    const her = world.resident();
    const [one, other] = [await her.consent(), await her.consent()];
    const ask = ({ consentId, subjectHandle }: typeof one) =>
      world.bus.ask(consentFacts, { consentId, subjectHandle } as never);
    const facts = await ask(one);
    expect(facts).toMatchObject({
      state: 'given',
      detail: one.detail,
      items: ['subject-name', 'repayment-history', 'defaults'],
      subject: { kind: 'person', bornOn: '1990-01-01' },
      consent: { given: true, separate: true, written: false, expiresOn: '2027-04-30' },
      notice: { given: true, crossBorderItems: true, transfereeClass: true },
    });
    expect((await ask(other)).countedAs).toBe(facts.countedAs);
    expect((await ask(await world.resident().consent())).countedAs).not.toBe(facts.countedAs);
    await her.call('POST', `/me/consents/${one.consentId}/withdrawal`);
    expect(await ask(one)).toMatchObject({ state: 'withdrawn', consent: { withdrawnOn: expect.any(String) } });
    expect(await codeOf(ask({ ...one, subjectHandle: newHandle() }))).toBe('consent-mismatch');
    expect(await codeOf(ask({ ...one, consentId: randomUUID() as never }))).toBe('consent-not-found');
  });
});

describe('the database', () => {
  const states = ['pending', 'given', 'refused', 'lapsed', 'withdrawn', 'expired', 'used-up'];
  it('lets no consent come back, whoever writes', async () => {
    const her = world.resident();
    const { consentId } = await her.consent();
    await her.call('POST', `/me/consents/${consentId}/withdrawal`);
    for (const state of states.filter((each) => each !== 'withdrawn'))
      await expect(world.asOwner('update consent set state = $2 where id = $1', [consentId, state])).rejects.toThrow(
        'may not go',
      );
  });
  it('counts no use beyond those allowed, nor after the end', async () => {
    const her = world.resident();
    const { consentId } = await her.consent();
    await expect(world.asOwner('update consent set uses = 4 where id = $1', [consentId])).rejects.toThrow('check');
    await her.call('POST', `/me/consents/${consentId}/withdrawal`);
    await expect(world.asOwner('update consent set uses = 1 where id = $1', [consentId])).rejects.toThrow(
      'not in force',
    );
  });
  it('keeps what was written once as it was', async () => {
    for (const table of ['ask_shown', 'consent_history', 'act', 'receipt', 'permit', 'evidence_record'])
      for (const statement of [`delete from ${table}`, `truncate ${table}`])
        await expect(world.query(statement)).rejects.toThrow('permission denied');
    await expect(world.query("update act set answer = 'agree'")).rejects.toThrow('permission denied');
  });
  it('holds one open consent per flow', async () => {
    const { consentId } = await world.resident().consent();
    const other = await world.resident().consent();
    const sql = 'update consent set flow_id = (select flow_id from consent where id = $2) where id = $1';
    await expect(world.asOwner(sql, [other.consentId, consentId])).rejects.toThrow('consent_open');
  });
  it('answers no ask after it expired', async () => {
    const { askId } = await world.resident().compose(newDetail());
    await expect(world.asOwner('update ask set answered_at = expires_at where id = $1', [askId])).rejects.toThrow(
      'check',
    );
  });
});
