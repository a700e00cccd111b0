import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { assess, DomainError, recordReleased, requestArrived, type ProblemCode } from '@bayway/contracts';
import type { EnrichedDetail } from '@bayway/domain';
import { canonicalDigest, digestOf, epochSeconds, sign, signMessage } from '@bayway/envelope';
import { newDetail } from '../../test/details.js';
import { HolderSide } from '../../test/holder-side.js';
import { enrich, Partner } from '../../test/partner.js';
import { hongKong, mainland } from '../../test/participants.js';
import { until, World, type Side } from '../../test/world.js';
import { afterProblem, deadlineOf, outcomeOf, waitMs } from './incoming-request.js';
import type { IncomingRequestEntity } from './incoming-request.entity.js';

let world: World;
let hk: Side;
let cn: Side;
let holder: HolderSide;
let bank: Partner;
beforeAll(async () => {
  world = await World.create();
  [hk, cn] = await Promise.all([world.broker('hk', hongKong()), world.broker('cn', mainland())]);
  holder = new HolderSide(world, cn);
  bank = new Partner(world, hk);
});
afterAll(() => world.end());
beforeEach(() => holder.reset());

async function agreed(): Promise<EnrichedDetail> {
  const routed = newDetail(world.trust);
  await hk.bus.ask(assess, { detail: routed });
  return holder.agree(enrich(routed));
}
const row = async (id: string): Promise<IncomingRequestEntity> =>
  ((await cn.db.query('select * from incoming_request where id = $1', [id])) as [IncomingRequestEntity])[0];
const settled = async (id: string): Promise<[string, string | null]> => {
  await until(async () => !['arrived', 'assessed', undefined].includes((await row(id))?.state));
  const { state, problem } = await row(id);
  return [state, problem];
};

type Over = Readonly<{
  request?: Record<string, unknown>;
  signer?: string;
  assessor?: string;
  claims?: Record<string, unknown>;
  fact?: Record<string, unknown>;
}>;

/** A request as a dishonest broker of Hong Kong could send it, with that broker's real key. */
async function arrives(detail: EnrichedDetail, over: Over = {}): Promise<string> {
  const signedRequest = await bank.signedRequest(detail, over.request, over.signer);
  const claims = {
    ...{ iss: 'hk/broker', jti: randomUUID(), iat: epochSeconds(new Date()), stage: 'release' },
    ...{
      requestDigest: digestOf(signedRequest),
      outcome: 'permit',
      proceeds: true,
      missing: [],
      unknown: [],
      because: [],
    },
    ...{ droppedItems: [], obligations: [], acts: [], factsDigest: canonicalDigest({}), asOf: '2026-11-22' },
    pack: { version: '1', digest: canonicalDigest({}) },
    ...over.claims,
  };
  const assessment = await sign(world.trust.key(over.assessor ?? 'hk/broker', 'sig'), 'assessment', claims);
  const data = {
    ...{ dataRequestId: randomUUID(), importer: 'hk', signedRequest, assessment, at: new Date().toISOString() },
    facts: { importer: { place: 'HK', kind: 'bank', sector: 'banking', role: 'independent' } },
    party: hongKong().parties[0],
    ...over.fact,
  };
  const head = { from: 'hk', to: 'cn', subject: requestArrived.subject } as const;
  const batch = [{ id: randomUUID(), data }];
  const jws = await signMessage(world.trust.key('hk/broker', 'sig'), head, { data: batch, at: new Date() });
  await hk.bus.request(`border.cn.${requestArrived.subject}`, jws);
  return data.dataRequestId;
}

describe('what the exporter’s broker does not believe', () => {
  const at = epochSeconds(new Date());
  it('lets an honest request pass, so that the others are refused for what they are', async () => {
    expect(await settled(await arrives(await agreed()))).toEqual(['released', null]);
  });

  it.each<[string, Over, ProblemCode]>([
    ['a request signed by another participant', { signer: 'hk/participant/closed-bank' }, 'signer-not-allowed'],
    ['a request signed by the broker itself', { signer: 'hk/broker' }, 'signer-not-allowed'],
    ['a request that had expired before', { request: { iat: at - 400, exp: at - 200 } }, 'signed-object-expired'],
    ['a request for another broker', { request: { aud: 'urn:bayway:mo:broker' } }, 'message-misaddressed'],
    ['a request to another exporter', { request: { exporter: 'mo' } }, 'transit-refused'],
    ['a key that is not in the directory', { request: { recipient_key: 'A'.repeat(43) } }, 'recipient-key-unknown'],
    ['another dataset than she agreed to', { request: { dataset: 'horoscope' } }, 'consent-mismatch'],
    ['more items than she agreed to', { request: { items: ['accounts', 'blood-type'] } }, 'consent-mismatch'],
    ['a recipient that keeps it for longer', { request: { retention_until: '2100-01-01' } }, 'consent-mismatch'],
    ['an assessment that the exporter signed', { assessor: 'cn/broker' }, 'signer-not-allowed'],
    ['an assessment that Macao signed', { assessor: 'mo/broker' }, 'signer-not-allowed'],
    ['an assessment by another service', { assessor: 'hk/consent' }, 'signer-not-allowed'],
    ['an assessment over another request', { claims: { requestDigest: 'A'.repeat(43) } }, 'assessment-invalid'],
    ['an assessment at the stage of asking', { claims: { stage: 'ask' } }, 'assessment-invalid'],
    ['an assessment that forbids', { claims: { outcome: 'forbid', proceeds: false } }, 'assessment-invalid'],
    ['an assessment that only would proceed', { claims: { outcome: 'hold' } }, 'assessment-invalid'],
    ['an assessment that travelled too long', { claims: { iat: at - 3 * 3_600 } }, 'signed-object-expired'],
  ])('is %s', async (_name, over, code) => {
    const orders = holder.orders.length;
    const id = await arrives(await agreed(), over);
    expect(await settled(id)).toEqual([outcomeOf(code), code]);
    expect(holder.orders).toHaveLength(orders);
  });

  it.each<[string, Record<string, unknown>]>([
    ['in the name of another jurisdiction', { importer: 'mo' }],
    [
      'with more facts than the importer may state',
      { facts: { importer: { place: 'HK', kind: 'bank', role: 'independent' }, consent: { given: true } } },
    ],
    [
      'with facts of another place than the party',
      { facts: { importer: { place: 'MO', kind: 'bank', role: 'independent' } } },
    ],
  ])('takes nothing in that comes %s', async (_name, fact) => {
    const id = await arrives(await agreed(), { fact });
    expect(await row(id)).toBeUndefined();
    const sql = "select 1 from evidence_record where type = 'message.refused' and record->>'dataRequestId' = $1";
    expect(await cn.db.query(sql, [id])).toHaveLength(1);
  });

  it('is a signed request that comes a second time under another id', async () => {
    const detail = await agreed();
    const jti = randomUUID();
    expect(await settled(await arrives(detail, { request: { jti } }))).toEqual(['released', null]);
    expect(await settled(await arrives(detail, { request: { jti } }))).toEqual(['failed', 'data-request-replayed']);
  });
});

describe('a release whose answer was lost', () => {
  it('is learnt from the connector’s own word', async () => {
    const detail = await agreed();
    holder.troubles.push(...Array.from({ length: 8 }, () => new DomainError('service-unavailable')));
    const id = await arrives(detail);
    await until(async () => (await row(id))?.state === 'assessed');
    const [{ dataRequestId }] = holder.orders.slice(-1) as [(typeof holder.orders)[0]];
    expect(dataRequestId).toBe(id);
    const release = {
      ...{ ciphertextDigest: 'c'.repeat(43), size: 10, chunks: 1, permit: 'a.b.c', commitment: 'd'.repeat(43) },
      availableUntil: new Date(Date.now() + 60_000).toISOString(),
    };
    const data = {
      dataRequestId: id,
      consentId: detail.consent_id,
      holder: detail.holder,
      release,
      at: new Date().toISOString(),
    };
    await cn.bus.request(`${recordReleased.subject}.to.broker`, [{ id: randomUUID(), data }]);
    expect(await settled(id)).toEqual(['released', null]);
    const [held] = (await cn.db.query('select confirmed from counter_reservation where data_request_id = $1', [
      id,
    ])) as [{ confirmed: boolean }];
    expect(held.confirmed).toBe(true);
  });

  it('expires at its deadline, and the person stays counted for a while', async () => {
    holder.troubles.push(...Array.from({ length: 20 }, () => new DomainError('holder-unreachable')));
    const id = await arrives(await agreed());
    await until(async () => (await row(id))?.state === 'assessed');
    await cn.db.query(
      "update incoming_request set deadline_at = now() - interval '1 second', next_at = now() where id = $1",
      [id],
    );
    expect(await settled(id)).toEqual(['expired', 'data-request-expired']);
    const sql = 'select expires_at, freed_at from counter_reservation where data_request_id = $1';
    const [held] = (await cn.db.query(sql, [id])) as [{ expires_at: Date; freed_at: null }];
    expect(held.freed_at).toBeNull();
    expect(held.expires_at.getTime()).toBeGreaterThan(Date.now() + 3_000_000);
  });
});

describe('a request that was taken up by a broker that was killed', () => {
  it('is taken up again after its lease', async () => {
    holder.troubles.push(...Array.from({ length: 20 }, () => new DomainError('holder-unreachable')));
    const id = await arrives(await agreed());
    await until(async () => (await row(id))?.state === 'assessed');
    await cn.restart();
    holder.reset();
    await cn.db.query("update incoming_request set next_at = now() - interval '1 second' where id = $1", [id]);
    expect(await settled(id)).toEqual(['released', null]);
    const assessments = await cn.db.query(
      "select 1 from assessment where stage = 'release' and request_digest = (select request_digest from incoming_request where id = $1)",
      [id],
    );
    expect(assessments).toHaveLength(1);
  });
});

describe('afterProblem', () => {
  const now = new Date();
  const request = { attempts: 1, deadlineAt: deadlineOf(undefined, now) };

  it('tries passing troubles again until the deadline, the last time then, and expires after it', () => {
    expect(afterProblem(request, 'holder-unreachable', now)).toHaveProperty('again');
    expect(afterProblem({ ...request, deadlineAt: now }, 'holder-unreachable', now)).toEqual({ end: 'expired' });
    const soon = new Date(now.getTime() + 1);
    expect(afterProblem({ ...request, deadlineAt: soon }, 'holder-unreachable', now)).toEqual({ again: soon });
  });

  it.each<[ProblemCode, string]>([
    ['consent-withdrawn', 'refused'],
    ['request-not-lawful', 'refused'],
    ['recipient-key-unknown', 'refused'],
    ['record-not-found', 'failed'],
    ['assessment-invalid', 'failed'],
    ['permit-invalid', 'failed'],
  ])('ends at once at %s, as %s', (code, outcome) => {
    expect(afterProblem(request, code, now)).toEqual({ end: outcome });
  });

  it('waits longer from try to try, up to half a minute and a jitter', () => {
    const waits = Array.from({ length: 15 }, (_, attempts) => waitMs(attempts, 0.5));
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect([waitMs(1, 0), waitMs(99, 1)]).toEqual([300, 37_500]);
  });
});
