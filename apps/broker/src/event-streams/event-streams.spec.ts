import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assess, DomainError } from '@bayway/contracts';
import { newDetail } from '../../test/details.js';
import { HolderSide } from '../../test/holder-side.js';
import { enrich, Partner, problemCode, type Token } from '../../test/partner.js';
import { hongKong, mainland } from '../../test/participants.js';
import { until, World, type Side } from '../../test/world.js';

type Told = Readonly<{ lastId: string; id: string; state: string; reason: string | null }>;

let world: World;
let hk: Side;
let holder: HolderSide;
let bank: Partner;

beforeAll(async () => {
  world = await World.create();
  const [here, there] = await Promise.all([world.broker('hk', hongKong()), world.broker('cn', mainland())]);
  hk = here;
  holder = new HolderSide(world, there);
  bank = new Partner(world, hk);
});
afterAll(() => world.end());

async function agreed() {
  const detail = newDetail(world.trust);
  await hk.bus.ask(assess, { detail });
  const enriched = holder.agree(enrich(detail));
  return { detail: enriched, token: await bank.token(enriched) };
}

/** A partner that reads a stream, as a browser's EventSource or any other reader does. */
class Reader {
  readonly told: Told[] = [];
  ended = false;
  private constructor(private readonly gone: AbortController) {}

  static async open(path: string, token: Token, lastId?: string, by = bank): Promise<Reader> {
    const gone = new AbortController();
    const headers = {
      ...{ authorization: `DPoP ${token.text}`, dpop: await by.proof(token, { method: 'GET', path }) },
      ...(lastId === undefined ? {} : { 'last-event-id': lastId }),
    };
    const response = await fetch(new URL(path, hk.running.url), { headers, signal: gone.signal });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    const reader = new Reader(gone);
    void reader.read(response).catch(() => undefined);
    return reader;
  }

  private async read(response: Response): Promise<void> {
    let text = '';
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += Buffer.from(part).toString();
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) this.take(event);
    }
    this.ended = true;
  }

  private take(event: string): void {
    const [, id, data] = /^id: (.+)\nevent: step\ndata: (.+)$/.exec(event) ?? [];
    if (id && data) this.told.push({ lastId: id, ...(JSON.parse(data) as Omit<Told, 'lastId'>) });
  }

  states(id: string): string[] {
    return this.told.filter((step) => step.id === id).map(({ state }) => state);
  }

  close(): void {
    this.gone.abort();
  }
}

describe('GET /data-requests/:id/events', () => {
  it('tells each step as it happens, with its reason, and ends with the request', async () => {
    holder.troubles.push(...Array.from({ length: 3 }, () => new DomainError('holder-unreachable')));
    holder.troubles.push(new DomainError('record-not-found'));
    const { detail, token } = await agreed();
    const { id } = (await bank.post(await bank.signedRequest(detail), { token, wait: 0 })).body;
    const path = `/data-requests/${id}/events`;
    const reader = await Reader.open(path, token);
    await until(() => reader.ended, 20_000);
    expect(reader.told.map(({ state, reason }) => [state, reason])).toEqual([
      ['sent', null],
      ['sent', 'holder-unreachable'],
      ['failed', 'record-not-found'],
    ]);
    const again = await Reader.open(path, token, reader.told[1]?.lastId);
    await until(() => again.ended);
    expect(again.told.map(({ state }) => state)).toEqual(['failed']);
  }, 30_000);

  it('deny: another partner’s request, none at all, an id that is none', async () => {
    const { detail, token } = await agreed();
    const { id } = (await bank.post(await bank.signedRequest(detail), { token })).body;
    const other = new Partner(world, hk, 'closed-bank');
    const foreign = await other.call('GET', `/data-requests/${id}/events`, { token: await other.token(null) });
    expect([foreign.status, problemCode(foreign)]).toEqual([404, 'data-request-not-found']);
    const headers = { 'last-event-id': 'the last one' };
    const bad = await bank.call('GET', `/data-requests/${id}/events`, { token, headers });
    expect([bad.status, problemCode(bad)]).toEqual([400, 'request-invalid']);
    const nobody = await bank.call('GET', `/data-requests/${id}/events`);
    expect([nobody.status, problemCode(nobody)]).toEqual([401, 'token-missing']);
  });
});

describe('GET /data-requests/events', () => {
  it('tells a partner the steps of all its requests, and what it missed when it comes back', async () => {
    const [one, two] = [await agreed(), await agreed()];
    const reader = await Reader.open('/data-requests/events', await bank.token(null));
    const first = (await bank.post(await bank.signedRequest(one.detail), { token: one.token })).body.id;
    await until(() => reader.states(first).includes('ready'));
    expect(reader.states(first)).toEqual(['sent', 'ready']);
    reader.close();
    const lastId = reader.told.at(-1)?.lastId ?? '';
    const second = (await bank.post(await bank.signedRequest(two.detail), { token: two.token })).body.id;
    const again = await Reader.open('/data-requests/events', await bank.token(null), lastId);
    await until(() => again.states(second).includes('ready'));
    expect(again.states(second)).toEqual(['sent', 'ready']);
    expect(again.states(first)).toEqual([]);
    again.close();
  });

  it('deny: more streams than a participant may have open', async () => {
    const token = await bank.token(null);
    await new Promise((done) => setTimeout(done, 200));
    const readers = [];
    for (let n = 0; n < 20; n += 1) readers.push(await Reader.open('/data-requests/events', token));
    const refused = await bank.call('GET', '/data-requests/events', { token });
    expect([refused.status, problemCode(refused)]).toEqual([429, 'too-many-streams']);
    for (const reader of readers) reader.close();
    await until(async () => {
      const path = '/data-requests/events';
      const headers = { authorization: `DPoP ${token.text}`, dpop: await bank.proof(token, { method: 'GET', path }) };
      const gone = new AbortController();
      const { status } = await fetch(new URL(path, hk.running.url), { headers, signal: gone.signal });
      gone.abort();
      return status === 200;
    });
  });
});
