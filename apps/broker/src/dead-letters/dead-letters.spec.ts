import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { requestCancelled, type DeadLettersPage } from '@bayway/contracts';
import { codeOfProblem, DENIED, Officer } from '../../test/officer.js';
import { hongKong, mainland } from '../../test/participants.js';
import { WebhookReceiver } from '../../test/webhook-receiver.js';
import { until, World, type Side } from '../../test/world.js';

let world: World;
let hk: Side;
let officer: Officer;
let receiver: WebhookReceiver;

beforeAll(async () => {
  receiver = await WebhookReceiver.start();
  world = await World.create();
  const here = hongKong();
  for (const party of here.parties) if (party.id === 'tsing-wan-bank') party.webhook = receiver.url;
  [hk] = await Promise.all([world.broker('hk', here), world.broker('cn', mainland())]);
  officer = new Officer(world, hk, 'hk');
});
afterAll(async () => {
  await world.end();
  await receiver.stop();
});

const OPERATOR = { roles: ['operator'] as const };
const list = async (kind: string): Promise<DeadLettersPage['items']> =>
  (await officer.get<DeadLettersPage>(`/admin/dead-letters?kind=${kind}`, OPERATOR)).body.items;
const replay = (id: string, sent: object = OPERATOR) =>
  officer.post<{ id: string }>(`/admin/dead-letters/${id}/replay`, undefined, sent);
const evidence = (letter: string) =>
  hk.db.query<{ record: { by: string } }[]>(
    "select record from evidence_record where type = 'letter.replayed' and record->>'letter' = $1",
    [letter],
  );

/** A fact that the other side cannot read, one refusal before it is set aside; and a good one of the same thing behind it. */
async function poison(): Promise<string> {
  const about = randomUUID();
  const good = { dataRequestId: about, cause: 'cancelled', at: new Date().toISOString() };
  for (const data of [{ ...good, cause: 'nonsense' }, good])
    await hk.db.query(
      `insert into outbox (event_id, subscriber, subject, aggregate, data, refusals)
       values ($1, 'peer:cn', $2, $3, $4, $5)`,
      [randomUUID(), requestCancelled.subject, about, JSON.stringify(data), data === good ? 0 : 119],
    );
  return about;
}
const undelivered = async (about: string): Promise<number> =>
  (await hk.db.query<unknown[]>('select 1 from outbox where aggregate = $1 and delivered_at is null', [about])).length;

describe('a fact that its receiver refuses again and again', () => {
  it('is set aside, holds back its own thing only, and is delivered anew by an administrator', async () => {
    const about = await poison();
    await until(async () => (await list('fact')).some((letter) => letter.about === about), 20_000);
    const [letter] = (await list('fact')).filter((one) => one.about === about);
    expect(letter).toMatchObject({ subject: requestCancelled.subject, to: 'peer:cn', attempts: 1 });
    expect(JSON.stringify(letter)).not.toContain('nonsense');
    expect(await undelivered(about)).toBe(2);
    // What was wrong is mended; here it was the message.
    await hk.db.query(`update outbox set data = jsonb_set(data, '{cause}', '"cancelled"') where aggregate = $1`, [
      about,
    ]);
    const id = letter?.id ?? '';
    expect((await replay(id)).status).toBe(200);
    await until(async () => (await undelivered(about)) === 0, 20_000);
    expect(await evidence(id)).toHaveLength(1);
    const again = await replay(id);
    expect([again.status, codeOfProblem(again)]).toEqual([404, 'dead-letter-not-found']);
    expect(await evidence(id)).toHaveLength(1);
  }, 60_000);

  it('is never set aside because nobody answers', async () => {
    const about = randomUUID();
    const data = { dataRequestId: about, cause: 'expired', at: new Date().toISOString() };
    await hk.db.query(
      `insert into outbox (event_id, subscriber, subject, aggregate, data, refusals) values ($1, 'peer:mo', $2, $3, $4, 119)`,
      [randomUUID(), requestCancelled.subject, about, JSON.stringify(data)],
    );
    const row = async () =>
      (
        await hk.db.query<{ attempts: number; dead_at: Date | null; refusals: number }[]>(
          'select attempts, dead_at, refusals from outbox where aggregate = $1',
          [about],
        )
      )[0];
    await until(async () => ((await row())?.attempts ?? 0) > 1, 20_000);
    expect(await row()).toMatchObject({ dead_at: null, refusals: 119 });
  }, 30_000);
});

describe('a webhook that was given up', () => {
  it('is sent anew with its id', async () => {
    const id = randomUUID();
    receiver.answer = () => ({ status: 500 });
    await hk.db.query(
      `insert into webhook (id, partner, consent_id, consent_state, consent_ended_at, state, attempts, next_at, created_at)
       values ($1, 'tsing-wan-bank', $2, 'withdrawn', now(), 'waiting', 21, now(), now())`,
      [id, randomUUID()],
    );
    await until(async () => (await list('webhook')).some((letter) => letter.id === `webhook-${id}`), 20_000);
    receiver.answer = () => ({ status: 204 });
    expect((await replay(`webhook-${id}`)).status).toBe(200);
    const state = async () =>
      (await hk.db.query<{ state: string }[]>('select state from webhook where id = $1', [id]))[0]?.state;
    await until(async () => (await state()) === 'delivered', 20_000);
    expect(await evidence(`webhook-${id}`)).toHaveLength(1);
  }, 40_000);
});

describe('dead letters', () => {
  it.each(DENIED)('deny: %s', async (_name, sent, status, code) => {
    for (const answer of [await officer.get('/admin/dead-letters?kind=fact', sent), await replay('fact-1', sent)])
      expect([answer.status, codeOfProblem(answer)]).toEqual([status, code]);
  });

  it('deny: a rules officer', async () => {
    const sent = { roles: ['rules-officer'] as const };
    for (const answer of [await officer.get('/admin/dead-letters?kind=fact', sent), await replay('fact-1', sent)])
      expect([answer.status, codeOfProblem(answer)]).toEqual([403, 'access-denied']);
  });

  it('deny: a regulator looks, and delivers nothing', async () => {
    const regulator = { roles: ['regulator'] as const };
    expect((await officer.get('/admin/dead-letters?kind=fact', regulator)).status).toBe(200);
    const refused = await replay('fact-1', regulator);
    expect([refused.status, codeOfProblem(refused)]).toEqual([403, 'access-denied']);
  });

  it.each(['/admin/dead-letters', '/admin/dead-letters?kind=letter', '/admin/dead-letters?kind=fact&after=x'])(
    'refuses %s',
    async (path) => {
      const answer = await officer.get(path, OPERATOR);
      expect([answer.status, codeOfProblem(answer)]).toEqual([400, 'request-invalid']);
    },
  );

  it('refuses an id that is none', async () => {
    const answer = await replay('letter-1');
    expect([answer.status, codeOfProblem(answer)]).toEqual([400, 'request-invalid']);
  });
});
