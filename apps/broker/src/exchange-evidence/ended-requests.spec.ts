import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  assess,
  consentEnded,
  DomainError,
  refusedRequests,
  type RefusalEvidence,
  requestEvidence,
} from '@bayway/contracts';
import { inTransaction, noteConsentEnd, type SaltRetention } from '@bayway/service';
import { bundleOfParts, SecondVerifier } from '@bayway/testing';
import { BrokerRetention } from '../retention/broker-retention.service.js';
import { newDetail } from '../../test/details.js';
import { HolderSide } from '../../test/holder-side.js';
import { enrich, Partner, problemCode, type Token } from '../../test/partner.js';
import { hongKong, mainland } from '../../test/participants.js';
import { codeOf, until, World, type Side } from '../../test/world.js';

const LONG_AGO = new Date(Date.now() - 7.1 * 365.25 * 86_400_000).toISOString();

let world: World;
let hk: Side;
let cn: Side;
let holder: HolderSide;
let bank: Partner;
let verifier: SecondVerifier;

beforeAll(async () => {
  world = await World.create();
  [hk, cn] = await Promise.all([world.broker('hk', hongKong()), world.broker('cn', mainland())]);
  holder = new HolderSide(world, cn);
  bank = new Partner(world, hk);
  verifier = await SecondVerifier.start();
}, 120_000);
afterAll(async () => {
  await verifier.end();
  await world.end();
});
beforeEach(() => holder.reset());

type Sent = Readonly<{ id: string; consentId: string; token: Token }>;

/** A request that waits on the holder's side, for its connector does not answer. */
async function send(lifeMs?: number): Promise<Sent> {
  holder.troubles.push(...Array.from({ length: 50 }, () => new DomainError('holder-unreachable')));
  const routed = newDetail(world.trust);
  await hk.bus.ask(assess, { detail: routed });
  const detail = holder.agree(enrich(routed));
  const token = await bank.token(detail);
  const deadline = lifeMs === undefined ? {} : { deadline: new Date(Date.now() + lifeMs).toISOString() };
  const body = { signedRequest: await bank.signedRequest(detail), ...deadline };
  const headers = { 'idempotency-key': randomUUID() };
  const made = await bank.call('POST', '/data-requests', { token, body, headers });
  expect([made.status, made.body.state]).toEqual([202, 'sent']);
  const { id } = made.body;
  await until(async () => (await stateThere(id)) === 'assessed', 20_000);
  return { id, consentId: detail.consent_id, token };
}

const stateThere = async (id: string) =>
  (await cn.db.query<{ state: string }[]>('select state from incoming_request where id = $1', [id]))[0]?.state;
const comesTo = ({ id, token }: Sent, state: string) =>
  until(async () => (await bank.call('GET', `/data-requests/${id}`, { token })).body.state === state, 20_000);
const cancel = ({ id, token }: Sent) => bank.call('POST', `/data-requests/${id}/cancellation`, { token });
const evidence = ({ id, token }: Sent) => bank.call('GET', `/data-requests/${id}/evidence`, { token });
const hers = ({ id, consentId }: Sent) =>
  cn.bus.ask(requestEvidence, { consentId: consentId as never, dataRequestId: id as never });

/** What the partner is given, once both sides know; the resident is given the same. Its bundle verifies. */
async function proven(sent: Sent, alsoHers = true): Promise<RefusalEvidence> {
  await until(async () => (await evidence(sent)).status === 200, 20_000);
  const parts = (await evidence(sent)).body as unknown as RefusalEvidence;
  if (alsoHers) {
    // On a busy machine an answer may be late.
    await until(async () => (await codeOf(hers(sent))) === 'accepted', 20_000);
    expect(await hers(sent)).toEqual(parts);
  }
  const { bytes, pins } = await bundleOfParts(parts, world.trust);
  expect(await verifier.verdicts([bytes, bytes.subarray(0, -1)], pins)).toEqual(['valid', '3 ']);
  expect(bytes.length).toBeLessThan(20_000);
  return parts;
}
const exporters = ({ records }: RefusalEvidence) => records.exporter.map(({ record }) => record['type']).sort();

describe('the evidence of a request that ended without a release', () => {
  it('is of both sides when it ran out of time on the holder’s', async () => {
    const sent = await send(8_000);
    await comesTo(sent, 'expired');
    const parts = await proven(sent);
    const end = { by: 'exporter', outcome: 'failed', problem: 'data-request-expired' };
    expect(parts.refusal).toEqual({ dataRequestId: sent.id, ...end });
    expect(exporters(parts)).toEqual(['assessment.made', 'request.arrived', 'request.failed']);
  }, 60_000);

  it('is of both sides when its partner took it back', async () => {
    const sent = await send();
    await cancel(sent);
    const parts = await proven(sent);
    const end = { by: 'importer', outcome: 'cancelled', problem: 'data-request-cancelled' };
    expect(parts.refusal).toEqual({ dataRequestId: sent.id, ...end });
    expect(exporters(parts)).toEqual(['assessment.made', 'request.arrived', 'request.cancelled']);
    expect(Object.keys(parts.objects)).toContain('exporterAssessment');
  }, 60_000);

  it('is of both sides when the consent was withdrawn while it waited', async () => {
    const sent = await send();
    holder.troubles.splice(0, 50, new DomainError('consent-withdrawn'));
    const data = {
      ...{ consentId: sent.consentId, importer: 'hk', exporter: 'cn', flowId: randomUUID() },
      ...{ recipient: 'tsing-wan-bank', holder: 'pengwan-credit', state: 'withdrawn', at: new Date().toISOString() },
    };
    await cn.bus.request(`${consentEnded.subject}.to.broker`, [{ id: randomUUID(), data }]);
    await until(async () => (await stateThere(sent.id)) === 'refused', 20_000);
    const parts = await proven(sent);
    expect(parts.refusal).toMatchObject({ outcome: 'refused', problem: 'consent-withdrawn' });
    expect(exporters(parts)).toEqual(['assessment.made', 'request.arrived', 'request.refused']);
  }, 60_000);

  it('is not ready while it waits, and incomplete when a salt is gone', async () => {
    const sent = await send();
    const early = await evidence(sent);
    expect([early.status, problemCode(early)]).toEqual([409, 'data-request-not-ready']);
    expect(await codeOf(hers(sent))).toBe('data-request-not-ready');
    await cancel(sent);
    await proven(sent);
    await inTransaction(hk.db, (tx) => noteConsentEnd(tx, sent.consentId, LONG_AGO));
    expect(await hk.running.app.get<SaltRetention>(BrokerRetention).work()).toBe(1);
    const gone = await evidence(sent);
    expect([gone.status, problemCode(gone)]).toEqual([410, 'evidence-incomplete']);
  }, 60_000);

  it('is of its own side alone when it never got there, and waits for a side that is away', async () => {
    const sent = await send();
    await cancel(sent);
    await proven(sent);
    // As if it had not: a partner may take a request back before it leaves.
    await cn.db.query('delete from incoming_request where id = $1', [sent.id]);
    const alone = await proven(sent, false);
    expect([exporters(alone), Object.keys(alone.objects)]).toEqual([[], ['request', 'importerAssessment']]);
    await cn.running.stop();
    const away = await evidence(sent);
    expect([away.status, problemCode(away)]).toEqual([503, 'border-unreachable']);
    await cn.restart();
  }, 90_000);

  it('is listed for the resident by how each ended', async () => {
    const sent = await send();
    await cancel(sent);
    await until(async () => (await stateThere(sent.id)) === 'cancelled', 20_000);
    const { items } = await cn.bus.ask(refusedRequests, { consentId: sent.consentId as never });
    expect(items).toMatchObject([{ dataRequestId: sent.id, outcome: 'cancelled' }]);
  }, 60_000);
});
