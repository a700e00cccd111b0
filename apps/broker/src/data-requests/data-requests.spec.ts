import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { assess, DomainError, evidenceRecorded, releaseReceipted } from '@bayway/contracts';
import type { EnrichedDetail } from '@bayway/domain';
import { digestOf } from '@bayway/envelope';
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
const logged = { hk: [] as string[], cn: [] as string[] };
const receipted: string[] = [];

beforeAll(async () => {
  world = await World.create();
  [hk, cn] = await Promise.all([world.broker('hk', hongKong()), world.broker('cn', mainland())]);
  holder = new HolderSide(world, cn);
  bank = new Partner(world, hk);
  takes(hk.bus, evidenceRecorded, { as: 'evidence', take: ({ commitment }) => void logged.hk.push(commitment) });
  takes(cn.bus, evidenceRecorded, { as: 'evidence', take: ({ commitment }) => void logged.cn.push(commitment) });
  for (const as of ['connector.pengwan-credit', 'consent'])
    takes(cn.bus, releaseReceipted, { as, take: ({ dataRequestId }) => void receipted.push(`${as} ${dataRequestId}`) });
});
afterAll(() => world.end());
beforeEach(() => holder.reset());

/** A flow that both brokers assessed and to which she agreed. */
async function agreed(over: Record<string, unknown> = {}): Promise<{ detail: EnrichedDetail; token: Token }> {
  const detail = newDetail(world.trust, over);
  await hk.bus.ask(assess, { detail });
  const enriched = holder.agree(enrich(detail));
  return { detail: enriched, token: await bank.token(enriched) };
}
const evidence = async (side: Side, id: string): Promise<string[]> =>
  (
    await side.db.query<{ type: string }[]>(
      "select type from evidence_record where record->>'dataRequestId' = $1 order by recorded_at, type",
      [id],
    )
  ).map(({ type }) => type);

/** People who are counted, and reservations that hold one; those that were freed stay on record. */
const countedPeople = (): Promise<unknown> =>
  cn.db.query(`select (select count(*) from counted_person) as people,
    (select count(*) from counter_reservation where freed_at is null) as held`);

describe('a request over the border', () => {
  it('brings the record from the holder to the partner that signed for it, and both logs know', async () => {
    holder.size = 600_000;
    const { detail, token } = await agreed();
    const made = await bank.post(await bank.signedRequest(detail), { token });
    expect([made.status, made.body.state, made.body.problem, made.body.refusal]).toEqual([201, 'ready', null, null]);
    const { id } = made.body;
    expect(made.headers.get('location')).toBe(`/data-requests/${id}`);
    const ciphertext = holder.ciphertexts.get(id) ?? '';
    expect(made.body.record).toMatchObject({ size: 600_000, ciphertextDigest: digestOf(ciphertext) });

    for (const _again of [1, 2]) {
      const record = await bank.call('GET', `/data-requests/${id}/record`, { token });
      expect([record.status, record.headers.get('content-type')]).toEqual([200, 'application/jose']);
      expect(record.bytes.toString() === ciphertext).toBe(true);
      const digest = Buffer.from(digestOf(ciphertext), 'base64url').toString('base64');
      expect(record.headers.get('repr-digest')).toBe(`sha-256=:${digest}:`);
    }
    await until(async () => (await bank.call('GET', `/data-requests/${id}`, { token })).body.state === 'delivered');

    const receipt = await bank.receipt({ dataRequestId: id, ciphertextDigest: digestOf(ciphertext) });
    for (const _again of [1, 2]) {
      const signed = await bank.call('POST', `/data-requests/${id}/receipt`, { token, body: { receipt } });
      expect([signed.status, signed.body.state, signed.body.record]).toEqual([200, 'receipted', null]);
    }
    await until(() => receipted.includes(`connector.pengwan-credit ${id}`) && receipted.includes(`consent ${id}`));
    expect(problemCode(await bank.call('GET', `/data-requests/${id}/record`, { token }))).toBe('data-request-ended');
    expect(await evidence(hk, id)).toEqual(['request.made', 'delivery.made', 'delivery.receipted']);
    expect(await evidence(cn, id)).toEqual(['request.arrived', 'delivery.receipted']);
    const [{ release }] = (await cn.db.query('select release from incoming_request where id = $1', [id])) as [
      { release: { commitment: string } },
    ];
    await until(() => logged.hk.includes(release.commitment));
    expect(await counted(cn.db, 'counter_reservation')).toEqual({ counter_reservation: 1 });
  });

  it('is one request for the same key and body, at once and later', async () => {
    const { detail, token } = await agreed();
    const [signed, key] = [await bank.signedRequest(detail), randomUUID()];
    const together = await Promise.all([1, 2, 3, 4].map(() => bank.post(signed, { token, key })));
    const later = await bank.post(signed, { token, key });
    expect(new Set([...together, later].map(({ body }) => body.id)).size).toBe(1);
    expect(together.filter(({ status }) => status === 201)).toHaveLength(1);
    expect([later.status, later.body.state]).toEqual([200, 'ready']);
    expect(holder.orders.filter(({ dataRequestId }) => dataRequestId === later.body.id)).toHaveLength(1);
    const other = await bank.post(await bank.signedRequest(detail), { token, key });
    expect([other.status, problemCode(other)]).toEqual([409, 'idempotency-key-reused']);
    const replayed = await bank.post(signed, { token });
    expect([replayed.status, problemCode(replayed)]).toEqual([409, 'data-request-replayed']);
  });

  it('is under way until the other side answers', async () => {
    const { detail, token } = await agreed();
    const made = await bank.post(await bank.signedRequest(detail), { token, wait: 0 });
    expect([made.status, made.body.state]).toEqual([202, 'sent']);
    const path = `/data-requests/${made.body.id}`;
    const settled = await bank.call('GET', path, { token, headers: { prefer: 'respond-async, wait=10' } });
    expect(settled.body.state).toBe('ready');
  });

  it('is tried again while the holder does not answer, with the same assessments', async () => {
    const { detail, token } = await agreed();
    holder.troubles.push(new DomainError('holder-unreachable'), new DomainError('service-unavailable'));
    const made = await bank.post(await bank.signedRequest(detail), { token });
    expect(made.body.state).toBe('ready');
    const orders = holder.orders.filter(({ dataRequestId }) => dataRequestId === made.body.id);
    expect(orders).toHaveLength(3);
    expect(new Set(orders.map((order) => JSON.stringify(order))).size).toBe(1);
  });

  it('goes on after the exporter’s broker was stopped in between', async () => {
    const { detail, token } = await agreed();
    await cn.restart();
    const stopped = cn.restart();
    const made = await bank.post(await bank.signedRequest(detail), { token, wait: 0 });
    await stopped;
    await until(
      async () => (await bank.call('GET', `/data-requests/${made.body.id}`, { token })).body.state === 'ready',
    );
    expect(
      new Set(
        holder.orders
          .filter(({ dataRequestId }) => dataRequestId === made.body.id)
          .map(({ exporterAssessment }) => exporterAssessment),
      ).size,
    ).toBe(1);
  });

  it('fails in a clear state when the holder has no record', async () => {
    const { detail, token } = await agreed();
    holder.troubles.push(new DomainError('record-not-found'));
    const before = await countedPeople();
    const made = await bank.post(await bank.signedRequest(detail), { token });
    expect([made.status, made.body.state, made.body.problem]).toEqual([201, 'failed', 'record-not-found']);
    expect(await evidence(hk, made.body.id)).toEqual(['request.made', 'request.failed']);
    expect(await evidence(cn, made.body.id)).toEqual(['request.arrived', 'request.failed']);
    expect(await countedPeople()).toEqual(before);
    const record = await bank.call('GET', `/data-requests/${made.body.id}/record`, { token });
    expect([record.status, problemCode(record)]).toEqual([410, 'data-request-ended']);
  });
});

describe('what the exporter refuses', () => {
  const post = async (over: Parameters<HolderSide['agree']>[1], inDetail: Record<string, unknown> = {}) => {
    const { detail, token } = await agreed(inDetail);
    holder.agree(detail, over);
    return bank.post(await bank.signedRequest(detail), { token });
  };

  it('is a request under a withdrawn consent, by rule and in both evidences', async () => {
    const consent = {
      given: true,
      separate: true,
      written: true,
      explicit: false,
      prescribed: true,
      expiresOn: '2099-01-31',
      withdrawnOn: '2026-01-02',
    };
    const made = await post({ state: 'withdrawn', consent });
    expect(made.body).toMatchObject({ state: 'refused', problem: 'consent-withdrawn' });
    expect(made.body.refusal).toMatchObject({ code: 'request-not-lawful', rule: 'CN.PIPL.15', jurisdiction: 'cn' });
    expect(await evidence(hk, made.body.id)).toEqual(['request.made', 'request.refused']);
    expect(await evidence(cn, made.body.id)).toEqual(['request.arrived', 'request.refused']);
  });

  it.each([
    ['a consent that is pending', { state: 'pending' as const }, 'consent-not-given'],
    ['a consent that is used up', { state: 'used-up' as const }, 'consent-used-up'],
    ['a consent for fewer items', { items: ['accounts' as never] }, 'consent-mismatch'],
    [
      'a consent without written form',
      {
        consent: {
          given: true,
          separate: true,
          written: false,
          explicit: false,
          prescribed: true,
          expiresOn: '2099-01-31',
        },
      },
      'request-not-permitted-yet',
    ],
  ])('is %s', async (_name, over, problem) => {
    const before = await countedPeople();
    const made = await post(over);
    expect([made.status, made.body.state, made.body.problem]).toEqual([201, 'refused', problem]);
    expect(holder.orders.some(({ dataRequestId }) => dataRequestId === made.body.id)).toBe(false);
    expect(await countedPeople()).toEqual(before);
  });

  it('is a consent that it does not know', async () => {
    const { detail, token } = await agreed();
    holder.consents.delete(detail.consent_id);
    const made = await bank.post(await bank.signedRequest(detail), { token });
    expect([made.body.state, made.body.problem]).toEqual(['refused', 'consent-not-found']);
  });
});

describe('what the importer does not believe', () => {
  it.each([
    ['a permit for other digests', { requestDigest: 'A'.repeat(43) }, 'consent', 'permit-invalid'],
    ['a permit for another request', { dataRequestId: randomUUID() }, 'consent', 'permit-invalid'],
    ['a permit that consent did not sign', {}, 'broker', 'signer-not-allowed'],
  ])('is %s', async (_name, claims, signer, problem) => {
    const { detail, token } = await agreed();
    holder.permitClaims = claims;
    holder.permitSigner = signer;
    const made = await bank.post(await bank.signedRequest(detail), { token });
    expect([made.body.state, made.body.problem, made.body.record]).toEqual(['failed', problem, null]);
  });

  it('is a record that nobody fetched in time', async () => {
    const { detail, token } = await agreed();
    holder.servedMs = -1_000;
    const made = await bank.post(await bank.signedRequest(detail), { token });
    expect([made.body.state, made.body.record]).toEqual(['ended', null]);
    const record = await bank.call('GET', `/data-requests/${made.body.id}/record`, { token });
    expect(problemCode(record)).toBe('data-request-ended');
  });

  it('is ciphertext that is not the one released', async () => {
    const { detail, token } = await agreed();
    const made = await bank.post(await bank.signedRequest(detail), { token });
    holder.ciphertexts.set(made.body.id, 'x'.repeat(1_000));
    const read = bank.call('GET', `/data-requests/${made.body.id}/record`, { token });
    await expect(read).rejects.toThrow();
    expect((await bank.call('GET', `/data-requests/${made.body.id}`, { token })).body.state).toBe('ready');
  });
});
