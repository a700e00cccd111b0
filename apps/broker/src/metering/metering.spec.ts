import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  assess,
  DomainError,
  type AdminStatement,
  type Reciprocity,
  type Refusals,
  type ServiceLevels,
  type Statement,
} from '@bayway/contracts';
import { newDetail } from '../../test/details.js';
import { HolderSide } from '../../test/holder-side.js';
import { codeOfProblem, DENIED, Officer } from '../../test/officer.js';
import { enrich, Partner, problemCode } from '../../test/partner.js';
import { hongKong, mainland } from '../../test/participants.js';
import { until, World, type Side } from '../../test/world.js';

let world: World;
let hk: Side;
let cn: Side;
let holder: HolderSide;
let bank: Partner;
let [importer, exporter]: Officer[] = [];
const month = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);

/** One request of each end: two records (one signed for), one refusal, one failure, one cancelled. */
beforeAll(async () => {
  world = await World.create();
  [hk, cn] = await Promise.all([world.broker('hk', hongKong()), world.broker('cn', mainland())]);
  [importer, exporter] = [new Officer(world, hk, 'hk'), new Officer(world, cn, 'cn')];
  holder = new HolderSide(world, cn);
  bank = new Partner(world, hk);
  const signedFor = await make();
  const ciphertextDigest = signedFor.body.record?.ciphertextDigest ?? '';
  const { id } = signedFor.body;
  await bank.call('GET', `/data-requests/${id}/record`, { token: signedFor.token });
  const receipt = await bank.receipt({ dataRequestId: id, ciphertextDigest });
  await bank.call('POST', `/data-requests/${id}/receipt`, { token: signedFor.token, body: { receipt } });
  await make();
  expect((await make({ state: 'used-up' })).body.state).toBe('refused');
  holder.troubles.push(new DomainError('record-not-found'));
  expect((await make()).body.state).toBe('failed');
  holder.troubles.push(...Array.from({ length: 20 }, () => new DomainError('holder-unreachable')));
  const waiting = await make({}, 0);
  const assessed = "select 1 from incoming_request where id = $1 and state = 'assessed'";
  await until(async () => (await cn.db.query<unknown[]>(assessed, [waiting.body.id])).length === 1, 20_000);
  await bank.call('POST', `/data-requests/${waiting.body.id}/cancellation`, { token: waiting.token });
  await until(async () => (await lineOf(exporter)).cancelled === 1 && (await lineOf(exporter)).receipted === 1, 60_000);
}, 120_000);
afterAll(() => world.end());

async function make(over: Parameters<HolderSide['agree']>[1] = {}, wait = 10) {
  const routed = newDetail(world.trust);
  await hk.bus.ask(assess, { detail: routed });
  const detail = holder.agree(enrich(routed), over);
  const token = await bank.token(detail);
  return { ...(await bank.post(await bank.signedRequest(detail), { token, wait })), token };
}
const all = async (officer: Officer | undefined): Promise<AdminStatement> =>
  (await (officer as Officer).get<AdminStatement>(`/admin/statements/${month}`)).body;
const lineOf = async (officer: Officer | undefined) => {
  const { lines } = await all(officer);
  return (lines[0] ?? {}) as (typeof lines)[0];
};
const LINE = {
  ...{
    exporter: 'cn',
    importer: 'hk',
    holder: 'pengwan-credit',
    recipient: 'tsing-wan-bank',
    dataset: 'credit-report',
  },
  ...{ released: 2, refused: 1, failed: 1, expired: 0, cancelled: 1, ended: 0, receipted: 1 },
};

describe('a statement', () => {
  it('counts the same on both sides, each request once', async () => {
    expect((await all(importer)).lines).toEqual([{ side: 'importer', ...LINE, delivered: 1 }]);
    expect((await all(exporter)).lines).toEqual([{ side: 'exporter', ...LINE, delivered: 1 }]);
  });

  it('is what the evidence says, to the unit', async () => {
    for (const officer of [importer, exporter]) {
      const { reconciliation } = await all(officer);
      expect(reconciliation.differences).toEqual([]);
      expect(reconciliation.metered).toBe(reconciliation.inEvidence);
    }
    expect((await all(importer)).reconciliation.metered).toBe(5);
    expect((await all(exporter)).reconciliation.metered).toBe(3);
  });

  it('leaves out what was refused before there was a request', async () => {
    await hk.bus.ask(assess, { detail: newDetail(world.trust, { purpose: { code: 'direct-marketing' } }) });
    const refusals = "select 1 from evidence_record where type = 'request.refused' and not record ? 'dataRequestId'";
    expect((await hk.db.query<unknown[]>(refusals)).length).toBeGreaterThan(0);
    const { reconciliation } = await all(importer);
    expect([reconciliation.metered, reconciliation.inEvidence, reconciliation.differences]).toEqual([5, 5, []]);
  });

  it('names the request whose end the meter was told differently', async () => {
    const lost = randomUUID();
    await hk.db.query(
      `insert into data_request (id, recipient, idempotency_key, jti, exporter, holder, dataset, flow_id, consent_id,
         signed_request, request_digest, state, problem, created_at, settled_at)
       select $1::uuid, recipient, $1::text, $1::uuid, exporter, holder, dataset, flow_id, consent_id, signed_request, request_digest,
         'failed', 'record-not-found', now(), now() from data_request limit 1`,
      [lost],
    );
    const { reconciliation } = await all(importer);
    expect(reconciliation.differences).toEqual([
      { dataRequestId: lost, type: 'request.failed', missingIn: 'evidence' },
    ]);
    expect(reconciliation.metered - reconciliation.inEvidence).toBe(1);
    await hk.db.query('delete from data_request where id = $1', [lost]);
  });

  it('shows a participant its own lines, as JSON and as CSV', async () => {
    const own = await bank.call('GET', `/statements/${month}`, { token: await bank.token(null) });
    expect((own.body as unknown as Statement).lines).toEqual([{ side: 'importer', ...LINE, delivered: 1 }]);
    const csv = await bank.call('GET', `/statements/${month}/csv`, { token: await bank.token(null) });
    expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
    expect(csv.bytes.toString().split('\r\n')).toEqual([
      'month,side,exporter,importer,holder,recipient,dataset,released,refused,failed,expired,cancelled,ended,delivered,receipted',
      `${month},importer,cn,hk,pengwan-credit,tsing-wan-bank,credit-report,2,1,1,0,1,0,1,1`,
      '',
    ]);
    const other = new Partner(world, hk, 'closed-bank');
    const none = await other.call('GET', `/statements/${month}`, { token: await other.token(null) });
    expect((none.body as unknown as Statement).lines).toEqual([]);
  });

  it.each(DENIED.filter(([name]) => !/consents/.test(name)))(
    'deny: all lines for %s',
    async (_name, sent, status, code) => {
      const answer = await (importer as Officer).get(`/admin/statements/${month}`, sent);
      expect([answer.status, codeOfProblem(answer)]).toEqual([status, code]);
    },
  );

  it.each(['2026-13', '2026', 'now'])('refuses the month %s', async (wrong) => {
    const answer = await bank.call('GET', `/statements/${wrong}`, { token: await bank.token(null) });
    expect([answer.status, problemCode(answer)]).toEqual([400, 'request-invalid']);
  });
});

describe('open data', () => {
  const read = async <T>(side: Side, path: string): Promise<T> =>
    (await fetch(new URL(`/open-data/${path}/${month}`, side.running.url))).json() as Promise<T>;
  const copies = (n: number): Promise<unknown> =>
    hk.db.query(
      `insert into data_request (id, recipient, idempotency_key, jti, exporter, holder, dataset, flow_id, consent_id, signed_request,
         request_digest, own_assessment, exporter_assessment, state, release, created_at, settled_at)
       select n.id, recipient, n.id, n.id, exporter, holder, dataset, flow_id, consent_id, signed_request, request_digest,
         own_assessment, exporter_assessment, 'ready', release, now() - interval '200 milliseconds', now()
       from data_request, (select gen_random_uuid() as id from generate_series(1, $1)) n where receipt is not null`,
      [n],
    );

  it('shows no number below five', async () => {
    const got = await read<Reciprocity>(hk, 'reciprocity');
    expect(got.lines).toEqual([
      { direction: 'got', place: 'HK', other: 'cn', dataset: 'credit-report', released: null },
    ]);
    const gave = await read<Reciprocity>(cn, 'reciprocity');
    expect(gave.lines).toMatchObject([{ direction: 'gave', place: 'CN-440300', other: 'hk', released: null }]);
    const refused = await read<Refusals>(hk, 'refusals');
    expect(refused.lines.map(({ problem, requests }) => [problem, requests])).toEqual(
      expect.arrayContaining([
        ['consent-used-up', null],
        ['record-not-found', null],
      ]),
    );
    const levels = await read<ServiceLevels>(hk, 'service-levels');
    expect(levels.lines).toMatchObject([{ requests: 5, released: null, p50Ms: null, p95Ms: null }]);
  });

  it('shows what is no longer about single people', async () => {
    await copies(8);
    const levels = await read<ServiceLevels>(hk, 'service-levels');
    expect(levels.lines).toMatchObject([
      { exporter: 'cn', importer: 'hk', dataset: 'credit-report', requests: 13, released: 10 },
    ]);
    expect(levels.lines[0]?.p50Ms).toBe(200);
    expect((await read<Reciprocity>(hk, 'reciprocity')).lines[0]?.released).toBe(10);
  });

  it('refuses a month that is none', async () => {
    const answer = await fetch(new URL('/open-data/refusals/2026-00', hk.running.url));
    expect(answer.status).toBe(400);
  });
});
