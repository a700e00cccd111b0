import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assess, type CountersView, type FlowsView, type TrafficPage, type TrafficTimeline } from '@bayway/contracts';
import { newDetail } from '../../test/details.js';
import { HolderSide } from '../../test/holder-side.js';
import { codeOfProblem, DENIED, Officer } from '../../test/officer.js';
import { enrich, Partner } from '../../test/partner.js';
import { hongKong, mainland } from '../../test/participants.js';
import { counted, until, World, type Side } from '../../test/world.js';

let world: World;
let hk: Side;
let cn: Side;
let importer: Officer;
let exporter: Officer;
let id: string;
let notAsked: string;

beforeAll(async () => {
  world = await World.create();
  [hk, cn] = await Promise.all([world.broker('hk', hongKong()), world.broker('cn', mainland())]);
  [importer, exporter] = [new Officer(world, hk, 'hk'), new Officer(world, cn, 'cn')];
  const holder = new HolderSide(world, cn);
  const bank = new Partner(world, hk);
  const routed = newDetail(world.trust);
  await hk.bus.ask(assess, { detail: routed });
  const detail = holder.agree(enrich(routed));
  const token = await bank.token(detail);
  const made = await bank.post(await bank.signedRequest(detail), { token });
  expect(made.body.state).toBe('ready');
  id = made.body.id;
  const ciphertextDigest = made.body.record?.ciphertextDigest ?? '';
  await bank.call('GET', `/data-requests/${id}/record`, { token });
  const receipt = await bank.receipt({ dataRequestId: id, ciphertextDigest });
  await bank.call('POST', `/data-requests/${id}/receipt`, { token, body: { receipt } });
  const marketing = newDetail(world.trust, { purpose: { ...routed.purpose, code: 'direct-marketing' } });
  notAsked = marketing.request_id;
  // It comes back and is refused again: one ask all the same.
  for (let time = 0; time < 2; time += 1) await hk.bus.ask(assess, { detail: marketing });
}, 120_000);
afterAll(() => world.end());

describe('GET /traffic/flows', () => {
  it('counts by the places of holder and recipient, on both sides alike', async () => {
    for (const side of [importer, exporter]) {
      const { body } = await side.get<FlowsView>('/traffic/flows?days=1');
      expect(body.flows).toEqual([{ from: 'CN-440300', to: 'HK', released: 1, refused: 1, failed: 0, open: 0 }]);
    }
  });

  it.each(['0', '91', 'x'])('refuses days=%s', async (days) => {
    const answer = await importer.get(`/traffic/flows?days=${days}`);
    expect([answer.status, codeOfProblem(answer)]).toEqual([400, 'request-invalid']);
  });
});

describe('GET /traffic/requests', () => {
  const list = async (side: Officer, query = '') => (await side.get<TrafficPage>(`/traffic/requests?${query}`)).body;

  it('has the latest first, says why an ask was refused, and names nobody', async () => {
    for (const side of [importer, exporter]) {
      const { items, next } = await list(side);
      expect(items.map((item) => [item.id, item.kind, item.result])).toEqual([
        [notAsked, 'ask', 'refused'],
        [id, 'request', 'released'],
      ]);
      expect(items[0]).toMatchObject({ problem: 'request-not-permitted-yet', purpose: 'direct-marketing' });
      expect(items[0]?.rule).toMatch(/^[A-Z]+\./);
      expect(items[1]).toMatchObject({ holder: 'pengwan-credit', dataset: 'credit-report', rule: null });
      expect(next).toBeNull();
    }
  });

  it('turns pages and filters', async () => {
    const first = await list(importer, 'limit=1');
    const second = await list(importer, `limit=1&after=${first.next ?? ''}`);
    expect([first.items[0]?.id, second.items[0]?.id, second.next]).toEqual([notAsked, id, null]);
    expect((await list(importer, 'result=released&from=CN-440300&to=HK&days=1')).items).toHaveLength(1);
    expect((await list(importer, 'participant=kowloon-school')).items).toEqual([]);
  });

  it.each(['after=x', 'limit=101', 'from=nowhere', 'result=lost', 'who=she'])('refuses %s', async (query) => {
    const answer = await importer.get(`/traffic/requests?${query}`);
    expect([answer.status, codeOfProblem(answer)]).toEqual([400, 'request-invalid']);
  });
});

describe('GET /traffic/requests/:id', () => {
  const one = async (side: Officer, of = id) => (await side.get<TrafficTimeline>(`/traffic/requests/${of}`)).body;
  const steps = ({ events }: TrafficTimeline) => events.map(({ side, type }) => `${side} ${type}`);

  it('tells the importer’s side the whole way once the recipient has signed', async () => {
    await until(async () => (await one(importer)).missing.length === 0);
    const timeline = await one(importer);
    expect(timeline).toMatchObject({ importer: 'hk', exporter: 'cn', missing: [] });
    expect(steps(timeline)).toEqual(
      expect.arrayContaining([
        ...['importer request.made', 'exporter request.arrived', 'exporter assessment.made'],
        ...['exporter release.made', 'importer delivery.made', 'importer delivery.receipted'],
      ]),
    );
    expect(timeline.events.map(({ at }) => at)).toEqual(timeline.events.map(({ at }) => at).sort());
    const [made] = timeline.events.filter(({ type }) => type === 'request.made');
    const kept = 'select 1 from evidence_record where commitment = $1';
    expect(await hk.db.query(kept, [made?.commitment])).toHaveLength(1);
  });

  it('tells the exporter’s side what it did, and what the other side signed', async () => {
    const timeline = await one(exporter);
    expect(steps(timeline)).toEqual(
      expect.arrayContaining(['importer request.made', 'importer assessment.made', 'exporter release.made']),
    );
    const crossed = timeline.events.filter(({ side }) => side === 'importer');
    expect(crossed.every(({ commitment }) => commitment === null)).toBe(true);
  });

  it('of an ask that was refused says the rule', async () => {
    const timeline = await one(importer, notAsked);
    expect(timeline.events.some(({ type, rule }) => type === 'request.refused' && rule !== null)).toBe(true);
  });

  it('says that it was not told before the recipient signed, and what it does not know', async () => {
    const answer = await importer.get(`/traffic/requests/${randomUUID()}`);
    expect([answer.status, codeOfProblem(answer)]).toEqual([404, 'data-request-not-found']);
    expect((await importer.get('/traffic/requests/x')).status).toBe(400);
  });
});

describe('GET /traffic/counters', () => {
  it('has the counts of the year beside the thresholds of the law', async () => {
    const { body } = await exporter.get<CountersView>('/traffic/counters');
    expect(body.thresholds).toEqual({ general: [100_000, 1_000_000], sensitive: [10_000] });
    expect(body.items).toEqual([{ holder: 'pengwan-credit', general: 0, sensitive: 1 }]);
    expect(body.daysGone).toBeGreaterThan(0);
  });
});

describe('who may look', () => {
  const ROUTES = ['flows', 'counters', 'requests', `requests/${randomUUID()}`];
  const refused = DENIED.filter(([who]) => who !== 'an administrator of consents');

  it.each(refused)('deny: %s', async (_who, sent, status, code) => {
    const before = await counted(hk.db, 'evidence_record', 'outbox');
    for (const route of ROUTES) {
      const answer = await importer.get(`/traffic/${route}`, sent);
      expect([answer.status, codeOfProblem(answer)]).toEqual([status, code]);
    }
    expect(await counted(hk.db, 'evidence_record', 'outbox')).toEqual(before);
  });

  it('an administrator of consents and a regulator may', async () => {
    for (const role of ['consent-administrator', 'regulator'] as const)
      expect((await importer.get('/traffic/flows', { roles: [role] })).status).toBe(200);
  });
});
