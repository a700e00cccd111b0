import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assess, type AssessmentClaims } from '@bayway/contracts';
import type { RoutedDetail } from '@bayway/domain';
import { canonicalDigest, digestOf, sign } from '@bayway/envelope';
import { packs, replay, type Decided, type Facts } from '@bayway/trust-rules';
import { newDetail } from '../../test/details.js';
import { HolderSide } from '../../test/holder-side.js';
import { codeOfProblem, DENIED, Officer } from '../../test/officer.js';
import { enrich, Partner } from '../../test/partner.js';
import { hongKong, mainland } from '../../test/participants.js';
import { World, type Side } from '../../test/world.js';
import { judge } from './assessment.js';
import type { AssessmentsPage, AssessmentView, ReplayView } from './assessment-views.js';

let world: World;
let hk: Side;
let cn: Side;
let officer: Officer;
let routed: RoutedDetail;
let requestId: string;
beforeAll(async () => {
  world = await World.create();
  [hk, cn] = await Promise.all([world.broker('hk', hongKong()), world.broker('cn', mainland())]);
  officer = new Officer(world, cn, 'cn');
  const holder = new HolderSide(world, cn);
  const bank = new Partner(world, hk);
  routed = newDetail(world.trust);
  await hk.bus.ask(assess, { detail: routed });
  await cn.bus.ask(assess, { detail: routed, subject: { kind: 'person', bornOn: '1990-05-05' } });
  await hk.bus.ask(assess, { detail: newDetail(world.trust, { holder: 'hangzhou-credit' }) });
  const detail = holder.agree(enrich(routed));
  const made = await bank.post(await bank.signedRequest(detail), { token: await bank.token(detail) });
  expect(made.body.state).toBe('ready');
  requestId = made.body.id;
}, 120_000);
afterAll(() => world.end());

const page = async (query: string): Promise<AssessmentsPage> =>
  (await officer.get<AssessmentsPage>(`/assessments?${query}`)).body;

describe('assessments on record', () => {
  it('are there for each step of the way: before sign-in, after it, at the release, on both sides', async () => {
    const flow = await page(`flow=${routed.request_id}`);
    expect(flow.items.map(({ stage, proceeds, outcome }) => [stage, proceeds, outcome])).toEqual([
      ['release', true, 'permit'],
      ['ask', true, 'hold'],
      ['ask', true, 'hold'],
    ]);
    const other = new Officer(world, hk, 'hk');
    const theirs = await other.get<AssessmentsPage>(`/assessments?flow=${routed.request_id}&stage=release`);
    expect(theirs.body.items.map(({ outcome }) => outcome)).toEqual(['permit']);
    const born = async (id: string) => (await officer.get<AssessmentView>(`/assessments/${id}`)).body.facts['subject'];
    const [release = '', after = '', before = ''] = flow.items.map(({ id }) => id as string);
    expect(await born(release)).toEqual({ bornOn: '1990-05-05' });
    expect(await Promise.all([born(after), born(before)]).then((all) => all.filter(Boolean))).toHaveLength(1);
  });

  it('are found by data request, on the side that made it and on the side that took it in', async () => {
    const here = await page(`request=${requestId}`);
    expect(here.items.map(({ stage, flowId }) => [stage, flowId])).toEqual([['release', routed.request_id]]);
    const there = await new Officer(world, hk, 'hk').get<AssessmentsPage>(`/assessments?request=${requestId}`);
    expect(there.body.items).toHaveLength(1);
    expect((await page(`request=${randomUUID()}`)).items).toEqual([]);
  });

  it('come in pages that miss nothing and repeat nothing', async () => {
    const all = (await page('limit=100')).items.map(({ id }) => id);
    expect(all.length).toBeGreaterThanOrEqual(4);
    const found: string[] = [];
    for (let after = ''; ;) {
      const { items, next } = await page(`limit=1${after && `&after=${after}`}`);
      found.push(...items.map(({ id }) => id));
      if (next === null) break;
      after = next;
    }
    expect(found).toEqual(all);
  });

  it.each([
    ['limit=0', '#/limit'],
    ['limit=101', '#/limit'],
    ['outcome=maybe', '#/outcome'],
    ['after=nonsense', '#/after'],
    [`after=${Buffer.from('["2026-01-01","x"]').toString('base64url')}`, '#/after'],
    ['more=1', '#/'],
  ])('are not found by `%s`', async (query, pointer) => {
    const answer = await officer.get<{ errors: { pointer: string }[] }>(`/assessments?${query}`);
    expect([answer.status, answer.body.errors[0]?.pointer]).toEqual([400, pointer]);
  });
});

describe('GET /assessments/:id/replay', () => {
  it('decides every recorded assessment again, bit for bit', async () => {
    for (const [side, me] of [
      [hk, 'hk'],
      [cn, 'cn'],
    ] as const) {
      const who = new Officer(world, side, me);
      const { items } = (await who.get<AssessmentsPage>('/assessments?limit=100')).body;
      expect(items.length).toBeGreaterThan(1);
      for (const { id, outcome } of items) {
        const { status, body } = await who.get<ReplayView>(`/assessments/${id}/replay`);
        expect([status, body.reproduced, body.differs, body.differences]).toEqual([200, true, false, []]);
        expect(body).toMatchObject({ signatureValid: true, factsIntact: true, sameRules: true });
        expect([body.recorded.outcome, body.today?.outcome]).toEqual([outcome, outcome]);
      }
    }
  });

  it('says that today’s rules would decide differently', async () => {
    const old = await record({ pack: { version: '0.9.0', digest: digestOf('other rules') }, outcome: 'forbid' });
    const { body } = await officer.get<ReplayView>(`/assessments/${old}/replay`);
    expect(body).toMatchObject({ sameRules: false, reproduced: null, differs: true, differences: ['outcome'] });
    expect([body.recorded.outcome, body.today?.outcome]).toEqual(['forbid', 'permit']);
    expect([body.recorded.pack.version, body.pack.version]).toEqual(['0.9.0', packs.version]);
    const same = await record({ pack: { version: '0.9.0', digest: digestOf('other rules') } });
    expect((await officer.get<ReplayView>(`/assessments/${same}/replay`)).body).toMatchObject({
      ...{ sameRules: false, reproduced: null, differs: false },
    });
  });

  it('shows claims that do not follow from the facts, changed facts, and a signature that is none', async () => {
    const wrong = await record({ proceeds: false });
    expect((await officer.get<ReplayView>(`/assessments/${wrong}/replay`)).body).toMatchObject({
      ...{ reproduced: false, differs: true, differences: ['proceeds'], signatureValid: true },
    });
    const changed = await record({}, (facts) => ({ ...facts, exporter: { place: 'CN-330100' } }));
    expect((await officer.get<ReplayView>(`/assessments/${changed}/replay`)).body.factsIntact).toBe(false);
    const forged = await record({}, (facts) => facts, 'hk/broker');
    expect((await officer.get<ReplayView>(`/assessments/${forged}/replay`)).body.signatureValid).toBe(false);
  });

  it('answers 404 for one that does not exist', async () => {
    for (const path of ['', '/replay'])
      expect(codeOfProblem(await officer.get(`/assessments/${randomUUID()}${path}`))).toBe('assessment-not-found');
  });

  it.each(DENIED)('is refused to %s', async (_who, sent, status, code) => {
    const id = (await page('limit=1')).items[0]?.id;
    for (const path of ['/assessments', `/assessments/${id}`, `/assessments/${id}/replay`]) {
      const answer = await officer.get(path, sent);
      expect([answer.status, codeOfProblem(answer)]).toEqual([status, code]);
    }
  });
});

/** Records an assessment as it might stand in an old database: claims, facts or signer other than they should be. */
async function record(
  over: Partial<AssessmentClaims>,
  alter: (facts: Facts) => object = (facts) => facts,
  signer = 'cn/broker',
): Promise<string> {
  const [{ facts }] = (await cn.db.query("select facts from assessment where stage = 'release'")) as [{ facts: Facts }];
  const about = { stage: 'release', requestDigest: digestOf('a request'), me: 'cn', at: new Date() } as const;
  const claims = { ...judge(facts, about).claims, ...over };
  const jws = await sign(world.trust.key(signer, 'sig'), 'assessment', claims);
  await cn.db.query(
    `insert into assessment (id, stage, request_digest, flow_id, facts, facts_digest, pack_version, pack_digest, outcome,
      proceeds, jws, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, to_timestamp($12))`,
    [
      ...[claims.jti, 'release', claims.requestDigest, randomUUID(), alter(facts), claims.factsDigest],
      ...[claims.pack.version, claims.pack.digest, claims.outcome, claims.proceeds, jws, claims.iat],
    ],
  );
  return claims.jti;
}

describe('replay', () => {
  it('says so when today’s rules do not take such facts any more', () => {
    const facts = { asOf: '2026-01-01', channel: 'pigeon' };
    const signed = { factsDigest: canonicalDigest(facts), pack: { version: '0', digest: '' } };
    expect(replay(facts, signed as Decided & AssessmentClaims)).toMatchObject({
      ...{ factsIntact: true, today: null, differs: true, differences: ['facts'], reproduced: null },
    });
  });
});
