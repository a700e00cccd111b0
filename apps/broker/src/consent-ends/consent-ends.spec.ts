import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  assess,
  consentEndAcknowledged,
  consentEnded,
  consentEndedAbroad,
  endAcknowledged,
  grantEnded,
  requestSettled,
} from '@bayway/contracts';
import type { ConsentState, EnrichedDetail } from '@bayway/domain';
import { signMessage } from '@bayway/envelope';
import { newDetail } from '../../test/details.js';
import { HolderSide } from '../../test/holder-side.js';
import { enrich, Partner, problemCode, type Token } from '../../test/partner.js';
import { hongKong, mainland } from '../../test/participants.js';
import { counted, takes, until, World, type Side } from '../../test/world.js';

let world: World;
let hk: Side;
let cn: Side;
let holder: HolderSide;
let bank: Partner;
const grants: string[] = [];
const acknowledged: string[] = [];

beforeAll(async () => {
  world = await World.create();
  [hk, cn] = await Promise.all([world.broker('hk', hongKong()), world.broker('cn', mainland())]);
  holder = new HolderSide(world, cn);
  bank = new Partner(world, hk);
  for (const side of [hk, cn]) {
    takes(side.bus, grantEnded, { as: 'identity', take: ({ consentId }) => void grants.push(consentId) });
    takes(side.bus, endAcknowledged, {
      as: 'consent',
      take: ({ consentId, by }) => void acknowledged.push(`${by} ${consentId}`),
    });
  }
});
afterAll(() => world.end());

async function agreed(): Promise<{ detail: EnrichedDetail; token: Token }> {
  const routed = newDetail(world.trust);
  await hk.bus.ask(assess, { detail: routed });
  const detail = holder.agree(enrich(routed));
  return { detail, token: await bank.token(detail) };
}
/** Tells the exporter's broker of an end, as consent's relay does. */
const tellEnd = (detail: EnrichedDetail, state: ConsentState): Promise<unknown> => {
  const { consent_id: consentId, importer, exporter, holder, recipient, request_id: flowId } = detail;
  const data = { consentId, state, at: new Date().toISOString(), importer, exporter, holder, recipient, flowId };
  const owner = exporter === 'cn' ? cn : hk;
  return owner.bus.request(`${consentEnded.subject}.to.broker`, [{ id: randomUUID(), data }]);
};
const arrivedBack = (detail: EnrichedDetail, times = 1) =>
  until(() => acknowledged.filter((entry) => entry === `recipient ${detail.consent_id}`).length >= times);
const fresh = async (detail: EnrichedDetail, token: Token) => bank.post(await bank.signedRequest(detail), { token });

describe('a withdrawal', () => {
  it('ends what the importer has, its grants, and comes back acknowledged', async () => {
    const { detail, token } = await agreed();
    const ready = (await fresh(detail, token)).body;
    expect(ready.state).toBe('ready');
    await tellEnd(detail, 'withdrawn');
    await arrivedBack(detail);
    await until(() => grants.includes(detail.consent_id));
    const after = (await bank.call('GET', `/data-requests/${ready.id}`, { token })).body;
    expect([after.state, after.problem, after.record]).toEqual(['ended', 'consent-withdrawn', null]);
    expect(problemCode(await bank.call('GET', `/data-requests/${ready.id}/record`, { token }))).toBe(
      'data-request-ended',
    );
    for (const side of [hk, cn]) expect(await counted(side.db, 'inbox')).not.toEqual({ inbox: 0 });
    const ends = await hk.db.query(
      "select record from evidence_record where type = 'consent.ended' and record->>'consentId' = $1",
      [detail.consent_id],
    );
    expect(ends).toHaveLength(1);
  });

  it('is known to the importer before the next request is, which goes no further', async () => {
    const { detail, token } = await agreed();
    await tellEnd(detail, 'withdrawn');
    await arrivedBack(detail);
    const before = await counted(cn.db, 'incoming_request');
    const made = await fresh(detail, token);
    expect([made.status, made.body.state, made.body.problem]).toEqual([201, 'refused', 'consent-withdrawn']);
    expect(await counted(cn.db, 'incoming_request')).toEqual(before);
    const types = await hk.db.query<{ type: string }[]>(
      "select type from evidence_record where record->>'dataRequestId' = $1 order by recorded_at",
      [made.body.id],
    );
    expect(types.map(({ type }) => type)).toEqual(['request.made', 'request.refused']);
  });

  it('that follows another end is told anew', async () => {
    const { detail, token } = await agreed();
    const ready = (await fresh(detail, token)).body;
    await tellEnd(detail, 'used-up');
    await arrivedBack(detail);
    expect((await bank.call('GET', `/data-requests/${ready.id}`, { token })).body.state).toBe('ready');
    expect((await fresh(detail, token)).body.problem).toBe('consent-used-up');
    await tellEnd(detail, 'withdrawn');
    await arrivedBack(detail, 2);
    expect((await bank.call('GET', `/data-requests/${ready.id}`, { token })).body.state).toBe('ended');
    expect((await fresh(detail, token)).body.problem).toBe('consent-withdrawn');
  });
});

describe('a broker that has nothing to do with it', () => {
  /** A fact as the broker of Macao could sign and send it. */
  const send = async (to: 'hk' | 'cn', subject: string, data: unknown): Promise<void> => {
    const key = world.trust.key('mo/broker', 'sig');
    const batch = [{ id: randomUUID(), data }];
    const jws = await signMessage(key, { from: 'mo', to, subject }, { data: batch, at: new Date() });
    await (to === 'hk' ? cn : hk).bus.request(`border.${to}.${subject}`, jws);
  };
  const refusedAt = async (side: Side) =>
    (await side.db.query<object[]>("select 1 from evidence_record where type = 'message.refused'")).length;

  it('settles no request', async () => {
    const { detail, token } = await agreed();
    const made = (await fresh(detail, token)).body;
    const before = await refusedAt(hk);
    const data = {
      dataRequestId: made.id,
      outcome: 'failed',
      assessment: null,
      refusal: null,
      problem: 'record-not-found',
      release: null,
      at: new Date().toISOString(),
    };
    await send('hk', requestSettled.subject, data);
    expect((await bank.call('GET', `/data-requests/${made.id}`, { token })).body.state).toBe('ready');
    expect(await refusedAt(hk)).toBe(before + 1);
  });

  it('ends no consent of another exporter', async () => {
    const { detail, token } = await agreed();
    const data = {
      consentId: detail.consent_id,
      state: 'withdrawn',
      recipient: detail.recipient,
      at: new Date().toISOString(),
    };
    await send('hk', consentEndedAbroad.subject, data);
    expect((await fresh(detail, token)).body.state).toBe('ready');
  });

  it('acknowledges nothing for the importer', async () => {
    const { detail } = await agreed();
    await tellEnd(detail, 'withdrawn');
    await arrivedBack(detail);
    const before = [await refusedAt(cn), acknowledged.length];
    const data = { consentId: detail.consent_id, by: detail.recipient, at: new Date().toISOString() };
    await send('cn', consentEndAcknowledged.subject, data);
    expect([await refusedAt(cn), acknowledged.length]).toEqual([(before[0] ?? 0) + 1, before[1]]);
  });
});
