import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  assess,
  DomainError,
  exchangeEvidence,
  type ExchangeEvidence,
  importerEvidence,
  refusedEvidence,
  refusedRequests,
  type RefusalEvidence,
  type RequestContract,
  requestEvidence,
} from '@bayway/contracts';
import { BorderGate, Bus } from '@bayway/service';
import { commitmentTo, digestOf } from '@bayway/envelope';
import { newDetail } from '../../test/details.js';
import { HolderSide } from '../../test/holder-side.js';
import { enrich, Partner, problemCode, type Token } from '../../test/partner.js';
import { hongKong, mainland } from '../../test/participants.js';
import { codeOf, until, World, type Side } from '../../test/world.js';

let world: World;
let hk: Side;
let cn: Side;
let bank: Partner;
let token: Token;
let id: string;
let holder: HolderSide;
let consentId: string;
let signedRequest: string;
let receipt: string;
const evidence = (as: Token | null = token, of = id) =>
  bank.call('GET', `/data-requests/${of}/evidence`, { token: as });
const count = async (side: Side, table: string) =>
  (await side.db.query<{ n: number }[]>(`select count(*)::int as n from ${table}`))[0]?.n;

beforeAll(async () => {
  world = await World.create();
  [hk, cn] = await Promise.all([world.broker('hk', hongKong()), world.broker('cn', mainland())]);
  holder = new HolderSide(world, cn);
  bank = new Partner(world, hk);
  const routed = newDetail(world.trust);
  await hk.bus.ask(assess, { detail: routed });
  const detail = holder.agree(enrich(routed));
  consentId = detail.consent_id;
  token = await bank.token(detail);
  signedRequest = await bank.signedRequest(detail);
  const made = await bank.post(signedRequest, { token });
  id = made.body.id;
  const ciphertextDigest = made.body.record?.ciphertextDigest ?? '';
  await bank.call('GET', `/data-requests/${id}/record`, { token });
  receipt = await bank.receipt({ dataRequestId: id, ciphertextDigest });
}, 120_000);
afterAll(() => world.end());

describe('GET /data-requests/:id/evidence', () => {
  it('is not ready before the recipient has signed for the record', async () => {
    const reply = await evidence();
    expect([reply.status, problemCode(reply)]).toEqual([409, 'data-request-not-ready']);
  });

  it('is the parts of both sides, with salts that open their commitments', async () => {
    await bank.call('POST', `/data-requests/${id}/receipt`, { token, body: { receipt } });
    await until(async () => (await evidence()).status === 200);
    const reply = await evidence();
    expect(reply.headers.get('cache-control')).toBe('no-store');
    const { objects, records } = reply.body as unknown as ExchangeEvidence;
    expect(objects).toMatchObject({ request: signedRequest, deliveryReceipt: receipt, acts: ['a.c.t'] });
    expect([objects.consentReceipt, objects.permit, objects.release]).toEqual(['re.cei.pt', 'per.m.it', 're.lea.se']);
    const types = (side: 'importer' | 'exporter') => records[side].map(({ record }) => record['type']).sort();
    expect(types('importer')).toEqual(['assessment.made', 'delivery.made', 'delivery.receipted', 'request.made']);
    expect(types('exporter')).toEqual([
      ...['assessment.made', 'consent.given', 'delivery.receipted', 'release.made', 'request.arrived'],
    ]);
    const assessed = records.exporter.find(({ record }) => record['type'] === 'assessment.made');
    expect(assessed?.record['assessment']).toBe(digestOf(objects.exporterAssessment));
    for (const { record, salt } of records.importer) {
      const commitment = commitmentTo(salt, record as { type: string });
      expect(await hk.db.query('select 1 from evidence_record where commitment = $1', [commitment])).toHaveLength(1);
    }
  });

  it('is nobody else’s: not without a token or scope, not another participant’s, not one that is not there', async () => {
    const before = await count(hk, 'outbox');
    const [bare, other] = [
      await bank.token(null, { scope: 'openid' }),
      await bank.token(null, { client_id: 'closed-bank' }),
    ];
    const refused = async (reply: ReturnType<typeof evidence>) => [(await reply).status, problemCode(await reply)];
    expect(await refused(evidence(null))).toEqual([401, 'token-missing']);
    expect(await refused(evidence(bare))).toEqual([403, 'access-denied']);
    expect(await refused(evidence(other))).toEqual([404, 'data-request-not-found']);
    expect(await refused(evidence(token, randomUUID()))).toEqual([404, 'data-request-not-found']);
    expect(await count(hk, 'outbox')).toBe(before);
  });
});

/** A request whose record the holder does not have. */
async function refused(): Promise<{ id: string; consentId: string; as: Token }> {
  const routed = newDetail(world.trust);
  await hk.bus.ask(assess, { detail: routed });
  const detail = holder.agree(enrich(routed));
  const as = await bank.token(detail);
  holder.troubles.push(new DomainError('record-not-found'));
  const made = await bank.post(await bank.signedRequest(detail), { token: as });
  await until(async () =>
    /refused|failed/.test((await bank.call('GET', `/data-requests/${made.body.id}`, { token: as })).body.state),
  );
  return { id: made.body.id, consentId: detail.consent_id, as };
}

describe('evidence of a refused request', () => {
  it('is for the partner what both sides kept, with the end that the holder’s side recorded', async () => {
    const { id: of, as } = await refused();
    const reply = await evidence(as, of);
    expect(reply.status).toBe(200);
    const { objects, refusal, records } = reply.body as unknown as RefusalEvidence;
    expect(Object.keys(objects).sort()).toEqual(['exporterAssessment', 'importerAssessment', 'request']);
    expect(refusal).toMatchObject({ dataRequestId: of, by: 'exporter', problem: 'record-not-found' });
    const types = (side: 'importer' | 'exporter') => records[side].map(({ record }) => record['type']).sort();
    const end = `request.${refusal.outcome}`;
    expect(types('importer')).toEqual(['assessment.made', end, 'request.made'].sort());
    expect(types('exporter')).toEqual(['assessment.made', 'request.arrived', end].sort());
  });
});

describe('evidence for the resident', () => {
  it('is of a receipted exchange the same as the partner has, and of a refusal its parts', async () => {
    const hers = (of: string, consent: string) =>
      cn.bus.ask(requestEvidence, { consentId: consent as never, dataRequestId: of as never });
    expect(await hers(id, consentId)).toEqual((await evidence()).body);
    const { id: of, consentId: under, as } = await refused();
    expect(await hers(of, under)).toEqual((await evidence(as, of)).body);
    const { items } = await cn.bus.ask(refusedRequests, { consentId: under as never });
    expect(items.map(({ dataRequestId }) => dataRequestId)).toEqual([of]);
    expect((await cn.bus.ask(refusedRequests, { consentId: consentId as never })).items).toEqual([]);
    expect(await codeOf(hers(id, under))).toBe('data-request-not-found');
  });
});

describe('what brokers tell each other of an exchange', () => {
  it('is for the other side of that request alone', async () => {
    const mo = await world.broker('mo', { ...hongKong(), parties: [], datasets: [] });
    const { id: failed } = await refused();
    const ask = (contract: RequestContract, { from, to, of }: { from: Side; to: 'hk' | 'cn'; of: string }) =>
      codeOf(
        from.running.app.get(BorderGate).ask(from.running.app.get(Bus), contract, { to, body: { dataRequestId: of } }),
      );
    for (const [contract, of] of [
      [exchangeEvidence, id],
      [refusedEvidence, failed],
    ] as const) {
      expect(await ask(contract, { from: mo, to: 'cn', of })).toBe('data-request-not-found');
      expect(await ask(contract, { from: hk, to: 'cn', of: randomUUID() })).toBe('data-request-not-found');
      expect(await ask(contract, { from: hk, to: 'cn', of })).toBe('accepted');
    }
    expect(await ask(exchangeEvidence, { from: hk, to: 'cn', of: failed })).toBe('data-request-not-ready');
    expect(await ask(refusedEvidence, { from: hk, to: 'cn', of: id })).toBe('data-request-not-ready');
    expect(await ask(importerEvidence, { from: mo, to: 'hk', of: id })).toBe('data-request-not-found');
    expect(await ask(importerEvidence, { from: cn, to: 'hk', of: id })).toBe('accepted');
  });
});
