import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { assess, consentEnded, endAcknowledged, grantEnded, WebhookClaims } from '@bayway/contracts';
import type { ConsentState, EnrichedDetail } from '@bayway/domain';
import { epochSeconds, sign, verify } from '@bayway/envelope';
import { newDetail } from '../../test/details.js';
import { HolderSide } from '../../test/holder-side.js';
import { enrich, Partner, problemCode } from '../../test/partner.js';
import { hongKong, mainland } from '../../test/participants.js';
import { WebhookReceiver } from '../../test/webhook-receiver.js';
import { takes, until, World, type Side } from '../../test/world.js';
import { ParticipantsFile } from '../participants/participants-file.js';
import { assertReachable } from '../participants/participants.service.js';

let world: World;
let hk: Side;
let cn: Side;
let holder: HolderSide;
let bank: Partner;
let receiver: WebhookReceiver;
const acknowledged: { consentId: string; statement?: string | undefined }[] = [];

beforeAll(async () => {
  receiver = await WebhookReceiver.start();
  world = await World.create();
  const here = hongKong();
  for (const party of here.parties) if (party.id === 'tsing-wan-bank') party.webhook = receiver.url;
  [hk, cn] = await Promise.all([world.broker('hk', here), world.broker('cn', mainland())]);
  holder = new HolderSide(world, cn);
  bank = new Partner(world, hk);
  for (const side of [hk, cn]) {
    takes(side.bus, grantEnded, { as: 'identity', take: () => undefined });
    takes(side.bus, endAcknowledged, { as: 'consent', take: (fact) => void acknowledged.push(fact) });
  }
});
afterAll(async () => {
  await world.end();
  await receiver.stop();
});
afterEach(() => {
  receiver.answer = () => ({ status: 204 });
});

async function agreed(): Promise<EnrichedDetail> {
  const routed = newDetail(world.trust);
  await hk.bus.ask(assess, { detail: routed });
  return holder.agree(enrich(routed));
}
const tellEnd = (detail: EnrichedDetail, state: ConsentState = 'withdrawn'): Promise<unknown> => {
  const { consent_id: consentId, importer, exporter, recipient, request_id: flowId } = detail;
  const data = {
    consentId,
    state,
    at: new Date().toISOString(),
    importer,
    exporter,
    holder: detail.holder,
    recipient,
    flowId,
  };
  return cn.bus.request(`${consentEnded.subject}.to.broker`, [{ id: randomUUID(), data }]);
};
const read = async (jws: string) => {
  const keys = await world.trust.directory();
  return verify(jws, { type: 'webhook', schema: WebhookClaims, by: 'hk/broker', keys, at: new Date() });
};
const heardOf = async (consentId: string) => {
  const all = await Promise.all(receiver.heard.map(({ body }) => read(body)));
  return all.filter((claims) => claims.event === 'consent.ended' && claims.consentId === consentId);
};
const newStatement = (consentId: string, over: Record<string, unknown> = {}, by = 'hk/participant/tsing-wan-bank') => {
  const claims = {
    iss: 'tsing-wan-bank',
    jti: randomUUID(),
    iat: epochSeconds(new Date()),
    consentId,
    what: 'withdrawal',
    ...over,
  };
  return sign(world.trust.key(by, 'sig'), 'endStatement', claims);
};
const statementsOf = (consentId: string) =>
  acknowledged.filter((fact) => fact.consentId === consentId).flatMap(({ statement }) => statement ?? []);
const give = (statement: string) => bank.call('POST', '/consent-ends/statements', { body: { statement } });

describe('a webhook', () => {
  it('tells the partner, signed by its own broker; its signed answer reaches the exporter’s side', async () => {
    const detail = await agreed();
    const { consent_id: consentId } = detail;
    const statement = await newStatement(consentId, { deleteBy: '2026-12-01' });
    receiver.answer = () => ({ status: 200, body: JSON.stringify({ statement }) });
    await tellEnd(detail);
    await until(() => statementsOf(consentId).length === 1);
    expect(statementsOf(consentId)).toEqual([statement]);
    expect(await heardOf(consentId)).toMatchObject([
      { aud: 'tsing-wan-bank', event: 'consent.ended', state: 'withdrawn' },
    ]);
    const words = acknowledged.filter((fact) => fact.consentId === consentId);
    expect(words.map((fact) => fact.statement !== undefined)).toEqual([false, true]);
  });

  it('is tried again with the same id until it is taken, whatever failed', async () => {
    const detail = await agreed();
    const { consent_id: consentId } = detail;
    const replies = [{ status: 500 }, { status: 302, headers: { location: receiver.url } }, { status: 204 }];
    let n = 0;
    receiver.answer = () => replies[n++] ?? { status: 204 };
    await tellEnd(detail);
    await until(async () => (await heardOf(consentId)).length === 3);
    expect(new Set((await heardOf(consentId)).map(({ jti }) => jti)).size).toBe(1);
    const row = () =>
      hk.db.query<{ state: string; attempts: number }[]>('select state, attempts from webhook where consent_id = $1', [
        consentId,
      ]);
    await until(async () => (await row())[0]?.state === 'delivered');
    expect((await row())[0]).toEqual({ state: 'delivered', attempts: 3 });
    expect(statementsOf(consentId)).toEqual([]);
  });

  it('that is answered at length or not at all has failed, and is no reason to stop', async () => {
    const detail = await agreed();
    receiver.answer = () => ({ status: 200, body: 'x'.repeat(100_000) });
    await tellEnd(detail);
    const failure = async () =>
      (
        await hk.db.query<{ failure: string | null }[]>('select failure from webhook where consent_id = $1', [
          detail.consent_id,
        ])
      )[0]?.failure;
    await until(async () => (await failure()) === 'ANSWER_TOO_LONG');
    receiver.answer = () => ({ status: 204 });
    await until(async () => (await failure()) === null);
  });

  it('survives a broker that stops between telling and sending', async () => {
    const detail = await agreed();
    receiver.answer = () => ({ status: 503 });
    await tellEnd(detail);
    await until(async () => (await heardOf(detail.consent_id)).length > 0);
    receiver.answer = () => ({ status: 204 });
    const here = hongKong();
    for (const party of here.parties) if (party.id === 'tsing-wan-bank') party.webhook = receiver.url;
    await hk.restart(here);
    await until(
      async () =>
        (await hk.db.query("select 1 from webhook where consent_id = $1 and state = 'delivered'", [detail.consent_id]))
          .length === 1,
    );
  });

  it('deny: a statement in the answer that is of somebody else, or about another consent, is not passed on', async () => {
    const [one, two] = [await agreed(), await agreed()];
    const foreign = await newStatement(one.consent_id, { iss: 'closed-bank' }, 'hk/participant/closed-bank');
    receiver.answer = () => ({ status: 200, body: JSON.stringify({ statement: foreign }) });
    await tellEnd(one);
    const unknown = await newStatement(randomUUID());
    await until(async () => (await heardOf(one.consent_id)).length === 1);
    receiver.answer = () => ({ status: 200, body: JSON.stringify({ statement: unknown }) });
    await tellEnd(two);
    await until(
      async () =>
        (
          await hk.db.query("select 1 from webhook where state = 'delivered' and consent_id = any($1)", [
            [one.consent_id, two.consent_id],
          ])
        ).length === 2,
    );
    expect([...statementsOf(one.consent_id), ...statementsOf(two.consent_id)]).toEqual([]);
  });
});

describe('POST /consent-ends/statements', () => {
  it('takes a later word, the first of each kind, and passes it on once', async () => {
    const detail = await agreed();
    const { consent_id: consentId } = detail;
    await tellEnd(detail);
    await until(async () => (await heardOf(consentId)).length === 1);
    const deletion = await newStatement(consentId, { what: 'deletion' });
    const replies = [
      await give(deletion),
      await give(deletion),
      await give(await newStatement(consentId, { what: 'deletion' })),
    ];
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    await until(() => statementsOf(consentId).length === 1);
    expect(statementsOf(consentId)).toEqual([deletion]);
  });

  it('deny: about a consent in force, one that is over otherwise, or signed by another', async () => {
    const [given, expired] = [await agreed(), await agreed()];
    await tellEnd(expired, 'expired');
    await until(async () => (await heardOf(expired.consent_id)).length === 1);
    for (const { consent_id } of [given, expired]) {
      const reply = await give(await newStatement(consent_id));
      expect([reply.status, problemCode(reply)]).toEqual([400, 'statement-invalid']);
    }
    await tellEnd(given);
    await until(async () => (await heardOf(given.consent_id)).length === 1);
    const forged = await give(await newStatement(given.consent_id, {}, 'hk/participant/closed-bank'));
    expect([forged.status, problemCode(forged)]).toEqual([403, 'signer-not-allowed']);
    const another = await give(
      await newStatement(given.consent_id, { iss: 'closed-bank' }, 'hk/participant/closed-bank'),
    );
    expect(problemCode(another)).toBe('statement-invalid');
    expect((await give('a.b.c')).status).toBe(400);
    expect(statementsOf(given.consent_id)).toEqual([]);
  });
});

describe('a participants file', () => {
  it('deny: a webhook into a private network', () => {
    const here = ParticipantsFile.parse(hongKong());
    const parties = here.parties.map((party) => ({ ...party, webhook: 'https://10.0.0.7/hook' }));
    expect(() => assertReachable({ ...here, parties }, ['localhost'])).toThrow('kowloon-school');
    expect(() => assertReachable({ ...here, parties }, ['10.0.0.7'])).not.toThrow();
  });
});
