import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { assess, DomainError, releaseCancelled, requestCancelled, WebhookClaims } from '@bayway/contracts';
import type { EnrichedDetail } from '@bayway/domain';
import { signMessage, verify } from '@bayway/envelope';
import { randomUUID } from 'node:crypto';
import { newDetail } from '../../test/details.js';
import { HolderSide } from '../../test/holder-side.js';
import { enrich, Partner, problemCode, type Reply, type Token } from '../../test/partner.js';
import { hongKong, mainland } from '../../test/participants.js';
import { WebhookReceiver } from '../../test/webhook-receiver.js';
import { takes, until, World, type Side } from '../../test/world.js';

let world: World;
let hk: Side;
let cn: Side;
let holder: HolderSide;
let bank: Partner;
let receiver: WebhookReceiver;
const destroyed: string[] = [];

beforeAll(async () => {
  receiver = await WebhookReceiver.start();
  world = await World.create();
  const here = hongKong();
  for (const party of here.parties) if (party.id === 'tsing-wan-bank') party.webhook = receiver.url;
  [hk, cn] = await Promise.all([world.broker('hk', here), world.broker('cn', mainland())]);
  holder = new HolderSide(world, cn);
  bank = new Partner(world, hk);
  takes(cn.bus, releaseCancelled, {
    as: 'connector.pengwan-credit',
    take: ({ dataRequestId }) => void destroyed.push(dataRequestId),
  });
});
afterAll(async () => {
  await world.end();
  await receiver.stop();
});
beforeEach(() => holder.reset());

async function agreed(): Promise<{ detail: EnrichedDetail; token: Token }> {
  const detail = newDetail(world.trust);
  await hk.bus.ask(assess, { detail });
  const enriched = holder.agree(enrich(detail));
  return { detail: enriched, token: await bank.token(enriched) };
}
type Sent = Readonly<{ id: string; token: Token; path: string }>;
async function send(lifeMs?: number, by = agreed()): Promise<Sent> {
  const { detail, token } = await by;
  const deadline = lifeMs === undefined ? {} : { deadline: new Date(Date.now() + lifeMs).toISOString() };
  const body = { signedRequest: await bank.signedRequest(detail), ...deadline };
  const made = await bank.call('POST', '/data-requests', { token, body, headers: { 'idempotency-key': randomUUID() } });
  expect([made.status, made.body.state]).toEqual([202, 'sent']);
  return { id: made.body.id, token, path: `/data-requests/${made.body.id}` };
}
const look = ({ path, token }: Sent): Promise<Reply> => bank.call('GET', path, { token });
const comesTo = (sent: Sent, state: string): Promise<void> =>
  until(async () => (await look(sent)).body.state === state, 20_000);
const cancel = ({ path, token }: Sent): Promise<Reply> => bank.call('POST', `${path}/cancellation`, { token });
const onOtherSide = async (id: string): Promise<{ state: string; history: { state: string; reason: string }[] }> =>
  (await cn.db.query<never[]>('select state, history from incoming_request where id = $1', [id]))[0] as never;
const silent = (times = 50): void => {
  holder.troubles.push(...Array.from({ length: times }, () => new DomainError('holder-unreachable')));
};
const told = async (id: string): Promise<unknown[]> => {
  const keys = await world.trust.directory();
  const read = (jws: string) =>
    verify(jws, { type: 'webhook', schema: WebhookClaims, by: 'hk/broker', keys, at: new Date() });
  const claims = await Promise.all(receiver.heard.map(({ body }) => read(body)));
  return claims.flatMap((one) =>
    one.event === 'request.settled' && one.dataRequestId === id ? [[one.state, one.problem]] : [],
  );
};

describe('a request whose holder does not answer', () => {
  it('waits, says for what and until when, and goes on when the holder is back', async () => {
    silent(4);
    const sent = await send();
    await until(async () => (await look(sent)).body.waiting !== null);
    const { waiting, state } = (await look(sent)).body;
    expect([state, waiting?.reason]).toEqual(['sent', 'holder-unreachable']);
    expect(Date.parse(waiting?.nextTryAt ?? '')).toBeGreaterThan(Date.now() - 5_000);
    await comesTo(sent, 'ready');
    const { history, waiting: over } = (await look(sent)).body;
    expect(over).toBeNull();
    expect(history.map((step) => [step.state, step.reason])).toEqual([
      ['sent', null],
      ['sent', 'holder-unreachable'],
      ['ready', null],
    ]);
    expect((await onOtherSide(sent.id)).history.map(({ state, reason }) => [state, reason])).toEqual([
      ['arrived', null],
      ['assessed', null],
      ['assessed', 'holder-unreachable'],
      ['released', null],
    ]);
    await until(async () => (await told(sent.id)).length === 1);
    expect(await told(sent.id)).toEqual([['ready', null]]);
  }, 40_000);

  it('expires at its deadline on both sides, and its partner is told', async () => {
    silent();
    const sent = await send(1_500);
    await comesTo(sent, 'expired');
    const { problem, history } = (await look(sent)).body;
    expect([problem, history.at(-1)?.reason]).toEqual(['data-request-expired', 'data-request-expired']);
    await until(async () => (await onOtherSide(sent.id)).state === 'expired');
    await until(async () => (await told(sent.id)).length === 1);
    expect(await told(sent.id)).toEqual([['expired', 'data-request-expired']]);
    const record = await bank.call('GET', `${sent.path}/record`, { token: sent.token });
    expect([record.status, problemCode(record)]).toEqual([410, 'data-request-ended']);
  }, 40_000);
});

describe('a request while the other side is down', () => {
  it('waits for the border, is not lost and not doubled', async () => {
    const before = await agreed();
    await cn.running.stop();
    const sent = await send(undefined, Promise.resolve(before));
    await until(async () => (await look(sent)).body.waiting?.reason === 'border-unreachable', 20_000);
    await cn.restart();
    await comesTo(sent, 'ready');
    expect(holder.orders.filter(({ dataRequestId }) => dataRequestId === sent.id)).toHaveLength(1);
  }, 60_000);

  it('that expired meanwhile is not released once the other side is back', async () => {
    const before = await agreed();
    await cn.running.stop();
    const sent = await send(500, Promise.resolve(before));
    await comesTo(sent, 'expired');
    await cn.restart();
    await until(async () => ['expired', 'cancelled'].includes((await onOtherSide(sent.id))?.state), 30_000);
    expect(holder.orders.filter(({ dataRequestId }) => dataRequestId === sent.id)).toEqual([]);
  }, 60_000);
});

describe('POST /data-requests/:id/cancellation', () => {
  it('takes a request back on both sides, once', async () => {
    silent();
    const sent = await send();
    await until(async () => (await onOtherSide(sent.id))?.state === 'assessed');
    for (const _again of [1, 2]) {
      const reply = await cancel(sent);
      expect([reply.status, reply.body.state, reply.body.problem]).toEqual([
        200,
        'cancelled',
        'data-request-cancelled',
      ]);
    }
    await until(async () => (await onOtherSide(sent.id)).state === 'cancelled');
    const evidence = "select 1 from evidence_record where type = 'request.cancelled' and record->>'dataRequestId' = $1";
    for (const side of [hk, cn]) expect(await side.db.query(evidence, [sent.id])).toHaveLength(1);
    expect(await told(sent.id)).toEqual([]);
  }, 30_000);

  it('has what was released at the same moment destroyed, and never serves it', async () => {
    const before = await agreed();
    await cn.running.stop();
    const sent = await send(undefined, Promise.resolve(before));
    await cancel(sent);
    // As if the request alone had crossed before the border was cut.
    await hk.db.query("update outbox set next_at = now() + interval '1 hour' where aggregate = $1 and subject = $2", [
      sent.id,
      requestCancelled.subject,
    ]);
    await cn.restart();
    await until(async () => (await onOtherSide(sent.id))?.state === 'released', 30_000);
    await hk.db.query('update outbox set next_at = now() where aggregate = $1', [sent.id]);
    await until(() => destroyed.includes(sent.id), 20_000);
    expect((await look(sent)).body.state).toBe('cancelled');
    const record = await bank.call('GET', `${sent.path}/record`, { token: sent.token });
    expect([record.status, problemCode(record)]).toEqual([410, 'data-request-ended']);
  }, 60_000);

  it('deny: after the release, and somebody else’s', async () => {
    const sent = await send();
    await comesTo(sent, 'ready');
    const late = await cancel(sent);
    expect([late.status, problemCode(late), late.body]).toMatchObject([
      409,
      'data-request-not-cancellable',
      { state: 'ready', reason: 'released' },
    ]);
    const unknown = await cancel({ ...sent, path: `/data-requests/${randomUUID()}` });
    expect([unknown.status, problemCode(unknown)]).toEqual([404, 'data-request-not-found']);
    const other = new Partner(world, hk, 'closed-bank');
    const foreign = await other.call('POST', `${sent.path}/cancellation`, { token: await other.token(null) });
    expect([foreign.status, problemCode(foreign)]).toEqual([404, 'data-request-not-found']);
  });

  it('deny: a broker gives up only requests of its own side', async () => {
    silent();
    const sent = await send();
    await until(async () => (await onOtherSide(sent.id))?.state === 'assessed');
    const head = { from: 'mo', to: 'cn', subject: requestCancelled.subject } as const;
    const data = { dataRequestId: sent.id, cause: 'cancelled', at: new Date().toISOString() };
    const batch = [{ id: randomUUID(), data }];
    const jws = await signMessage(world.trust.key('mo/broker', 'sig'), head, { data: batch, at: new Date() });
    await hk.bus.request(`border.cn.${requestCancelled.subject}`, jws);
    expect((await onOtherSide(sent.id)).state).toBe('assessed');
    await cancel(sent);
  });
});

describe('a deadline', () => {
  it.each([
    ['over', -1_000],
    ['in three hours', 3 * 3_600_000],
  ])('deny: %s', async (_name, inMs) => {
    const { detail, token } = await agreed();
    const body = {
      signedRequest: await bank.signedRequest(detail),
      deadline: new Date(Date.now() + inMs).toISOString(),
    };
    const before = await hk.db.query('select count(*) from data_request');
    const made = await bank.call('POST', '/data-requests', {
      token,
      body,
      headers: { 'idempotency-key': randomUUID() },
    });
    expect([made.status, problemCode(made)]).toEqual([400, 'request-invalid']);
    expect(await hk.db.query('select count(*) from data_request')).toEqual(before);
  });
});

describe('GET /data-requests', () => {
  it('shows a partner its own, newest first, page by page', async () => {
    const token = await bank.token(null);
    const first = await bank.call('GET', '/data-requests?limit=2', { token });
    const page = first.body as unknown as { items: { id: string; createdAt: string }[]; next: string };
    expect([first.status, page.items.length]).toEqual([200, 2]);
    const second = await bank.call('GET', `/data-requests?limit=2&after=${page.next}`, { token });
    const rest = (second.body as unknown as typeof page).items;
    expect(rest.map(({ id }) => id)).not.toContain(page.items[0]?.id);
    expect((rest[0]?.createdAt ?? '') <= (page.items[1]?.createdAt ?? '')).toBe(true);
    const bad = await bank.call('GET', '/data-requests?after=nonsense', { token });
    expect([bad.status, problemCode(bad)]).toEqual([400, 'request-invalid']);
    const other = new Partner(world, hk, 'closed-bank');
    const none = await other.call('GET', '/data-requests', { token: await other.token(null) });
    expect((none.body as unknown as typeof page).items).toEqual([]);
  });
});
