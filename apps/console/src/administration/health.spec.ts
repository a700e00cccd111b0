import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HealthView } from '@bayway/contracts';
import type { ConsoleConfig } from '../config.js';
import { Health } from './health.service.js';

const WAY = { to: 'peer:hk', waiting: 2, setAside: 0, oldestAt: '2026-11-24T08:00:00.000Z' };
type Said = { status: number; ready: object; outbox: object };
const GOOD: Said = {
  status: 200,
  ready: { status: 'ready', database: true, bus: true },
  outbox: { at: '2026-11-24T08:00:05.000Z', ways: [WAY] },
};

/** A service that says what a test wants, over real HTTP. */
async function service(said: Said): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    const isReady = request.url === '/health/ready';
    response.writeHead(isReady ? said.status : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isReady ? said.ready : said.outbox));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

const broker = { ...GOOD };
const servers: Server[] = [];
let health: Health;
beforeAll(async () => {
  const said = [GOOD, GOOD, broker, { ...GOOD, outbox: { no: 'standing' } }, GOOD];
  const all = await Promise.all(said.map(service));
  servers.push(...all.map(({ server }) => server));
  const [identity, consent, ofBroker, evidence, own] = all.map(({ url }) => url);
  health = new Health({
    ...{ JURISDICTION: 'cn', CONSENT_URL: consent, BROKER_URL: ofBroker, BASE_URL: own },
    ...{ ISSUERS: { cn: identity }, EVIDENCE_URLS: { cn: evidence } },
  } as unknown as ConsoleConfig);
});
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

const of = (view: HealthView, name: string) => view.services.find(({ service: known }) => known === name);

describe('the health of the services', () => {
  it('is what each says of itself, with what it has yet to deliver', async () => {
    const view = await health.look();
    expect(view.services.map(({ service: name, state }) => `${name} ${state}`)).toEqual([
      ...['identity ready', 'consent ready', 'broker ready', 'evidence ready', 'console ready'],
    ]);
    expect(of(view, 'consent')).toMatchObject({ database: true, bus: true, ways: [WAY] });
    expect(of(view, 'evidence')?.ways).toBeNull();
  });

  it('says which part is away, and remembers when a silent one was heard last', async () => {
    Object.assign(broker, { status: 503, ready: { status: 'not-ready', database: true, bus: false } });
    const away = of(await health.look(), 'broker');
    expect(away).toMatchObject({ state: 'not-ready', database: true, bus: false });
    servers[2]?.closeAllConnections();
    await new Promise((closed) => servers[2]?.close(closed));
    const silent = of(await health.look(), 'broker');
    expect(silent).toMatchObject({ state: 'silent', database: null, tookMs: null, ways: null });
    expect(silent?.answeredAt).toBe(away?.answeredAt);
  });
});
