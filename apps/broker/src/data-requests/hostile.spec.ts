import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { assess, requestSettled } from '@bayway/contracts';
import type { EnrichedDetail } from '@bayway/domain';
import { signMessage } from '@bayway/envelope';
import { newDetail } from '../../test/details.js';
import { HolderSide } from '../../test/holder-side.js';
import { enrich, Partner, problemCode, type Token } from '../../test/partner.js';
import { hongKong, mainland } from '../../test/participants.js';
import { counted, World, type Side } from '../../test/world.js';
import { RateLimit } from './rate-limit.js';

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

async function agreed(): Promise<{ detail: EnrichedDetail; token: Token }> {
  const detail = newDetail(world.trust);
  await hk.bus.ask(assess, { detail });
  const enriched = holder.agree(enrich(detail));
  return { detail: enriched, token: await bank.token(enriched) };
}
async function ready(): Promise<{ id: string; token: Token }> {
  const { detail, token } = await agreed();
  const made = await bank.post(await bank.signedRequest(detail), { token });
  expect(made.body.state).toBe('ready');
  return { id: made.body.id, token };
}
const record = ({ id, token }: { id: string; token: Token }) =>
  bank.call('GET', `/data-requests/${id}/record`, { token });

/** What a dishonest broker of the other side says of a request, with its real key. */
async function says(from: 'cn' | 'mo', data: Record<string, unknown>): Promise<void> {
  const head = { from, to: 'hk', subject: requestSettled.subject } as const;
  const batch = [{ id: randomUUID(), data: { assessment: null, refusal: null, release: null, ...data } }];
  const jws = await signMessage(world.trust.key(`${from}/broker`, 'sig'), head, { data: batch, at: new Date() });
  await cn.bus.request(`border.hk.${requestSettled.subject}`, jws);
}

describe('a holder', () => {
  it('that hands over larger pieces than it may is not passed on', async () => {
    const exchange = await ready();
    holder.pieceBytes = 400_000;
    holder.ciphertexts.set(exchange.id, 'x'.repeat(400_000));
    const reply = await record(exchange);
    expect([reply.status, problemCode(reply)]).toEqual([502, 'answer-invalid']);
  });

  it.each([
    ['more pieces than its size has', { chunks: 60 }],
    ['fewer pieces than its size has', { size: 900_000 }],
  ])('that announces %s is not passed on', async (_name, lie) => {
    const exchange = await ready();
    await hk.db.query('update data_request set release = release || $2::jsonb where id = $1', [
      exchange.id,
      JSON.stringify(lie),
    ]);
    const reply = await record(exchange);
    expect([reply.status, problemCode(reply)]).toEqual([502, 'answer-invalid']);
  });
});

describe('a broker of the other side', () => {
  it('that answers twice changes nothing the second time', async () => {
    const exchange = await ready();
    await says('cn', {
      dataRequestId: exchange.id,
      outcome: 'refused',
      problem: 'consent-withdrawn',
      at: new Date().toISOString(),
    });
    const seen = await bank.call('GET', `/data-requests/${exchange.id}`, { token: exchange.token });
    expect([seen.body.state, seen.body.problem]).toEqual(['ready', null]);
    expect((await record(exchange)).status).toBe(200);
  });

  it('deny: settles a request of another corridor', async () => {
    const exchange = await ready();
    const before = await counted(hk.db, 'evidence_record');
    await says('mo', {
      dataRequestId: exchange.id,
      outcome: 'failed',
      problem: 'record-not-found',
      at: new Date().toISOString(),
    });
    const seen = await bank.call('GET', `/data-requests/${exchange.id}`, { token: exchange.token });
    expect(seen.body.state).toBe('ready');
    const refused = "select 1 from evidence_record where type = 'message.refused' and record->>'dataRequestId' = $1";
    expect(await hk.db.query(refused, [exchange.id])).toHaveLength(1);
    expect(before['evidence_record']).toBeDefined();
  });
});

describe('a requester', () => {
  it('that asks too often is told when to come back, and nothing is stored', async () => {
    const { detail, token } = await agreed();
    const rate = hk.running.app.get(RateLimit);
    for (let n = 0; n < 2_100; n += 1)
      try {
        rate.spend('tsing-wan-bank', Date.now() + 60_000);
      } catch {
        break;
      }
    const before = await counted(hk.db, 'data_request');
    const refused = await bank.post(await bank.signedRequest(detail), { token, wait: 0 });
    expect([refused.status, problemCode(refused)]).toEqual([429, 'rate-limited']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await counted(hk.db, 'data_request')).toEqual(before);
  });
});
