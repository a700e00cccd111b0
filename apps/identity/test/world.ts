import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hkidCheckDigit, type Jurisdiction } from '@bayway/domain';
import { readConfig, type Running } from '@bayway/service';
import {
  freePort,
  testDatabase,
  testNats,
  testTrust,
  type TestDatabase,
  type TestNats,
  type TestTrust,
} from '@bayway/testing';
import { DataSource } from 'typeorm';
import { IdentityConfig } from '../src/config.js';
import { serveIdentity } from '../src/serve-identity.js';
import { startCity, type CityServer, type Registered } from './city.js';
import { Others } from './others.js';
import { Partner, REDIRECT_URI } from './partner.js';
import { startSimulators, type Simulators } from './simulators.js';

export const RECIPIENT = 'tsing-wan-bank';
export const SECOND = 'harbour-bank';
/** Wants level 3 as a rule. */
export const CAREFUL = 'careful-bank';
export const HOLDER = 'pengwan-credit';

const named = (text: string) => ({ 'zh-Hant': text, 'zh-Hans': text, pt: text, en: text });

/** One jurisdiction of a test: its identity service with everything real under it, one city, and the others' places. */
export type Side = {
  jurisdiction: Jurisdiction;
  issuer: string;
  db: TestDatabase;
  rows: DataSource;
  nats: TestNats;
  city: CityServer;
  others: Others;
  identity: Running;
  start: () => Promise<void>;
  /** Another instance of the same service, on the same database and behind the same name. */
  another: () => Promise<Running>;
};

export type World = {
  trust: TestTrust;
  hk: Side;
  cn: Side;
  /** The sandbox's cities, when the world was started with them in place of its own. */
  simulators: Simulators | null;
  stop: () => Promise<void>;
};

type Extra = Readonly<Record<string, string>>;
type Ground = Readonly<{ trust: TestTrust; ports: Ports; simulators: Simulators | null; extra: Extra }>;
type Ports = Readonly<Record<'hk' | 'cn', { identity: number; city: number }>>;

const SIDES = {
  hk: { slug: 'hong-kong', place: 'HK', scheme: 'iam-smart' },
  cn: { slug: 'shenzhen', place: 'CN-440300', scheme: 'guangdong' },
} as const;

async function startSide(j: 'hk' | 'cn', { trust, ports, simulators, extra }: Ground): Promise<Side> {
  const issuers = {
    hk: `http://127.0.0.1:${ports.hk.identity}`,
    mo: 'http://127.0.0.1:9',
    cn: `http://127.0.0.1:${ports.cn.identity}`,
  };
  const { slug, place, scheme } = SIDES[j];
  const folder = await mkdtemp(join(tmpdir(), 'bayway-identity-'));
  const client = (id: string, owner: string, kind: string) => ({
    client_id: id,
    key_owner: owner,
    redirect_uris: [REDIRECT_URI],
    name: named(id),
    kind,
  });
  const clients = [
    client(RECIPIENT, `hk/participant/${RECIPIENT}`, 'partner'),
    client(SECOND, `hk/participant/${SECOND}`, 'partner'),
    { ...client(CAREFUL, `hk/participant/${SECOND}`, 'partner'), default_acr_values: ['urn:bayway:loa:3'] },
    client('console', `${j}/console`, 'console'),
    client('administration', `${j}/console`, 'administration'),
  ];
  const cityIssuer = `http://127.0.0.1:${ports[j].city}`;
  const own = { slug, place, issuer: cityIssuer, client_id: `bayway-${j}`, acr_scheme: scheme };
  const cities = simulators?.upstreamsOf(j) ?? [own];
  await writeFile(join(folder, 'clients.json'), JSON.stringify(clients));
  const administrators = [{ issuer: cityIssuer, sub: 'sz-olga', roles: ['regulator', 'consent-administrator'] }];
  await writeFile(join(folder, 'administrators.json'), JSON.stringify(administrators));
  await writeFile(join(folder, 'upstreams.json'), JSON.stringify(cities));
  const [db, nats] = await Promise.all([testDatabase(), testNats()]);
  const key = trust.key(`${j}/identity`, 'client');
  const city = await startCity(ports[j].city, {
    clientId: `bayway-${j}`,
    redirectUri: `${issuers[j]}/cb`,
    jwks: [{ ...key.publicKey, kid: key.kid, use: 'sig', alg: 'ES256' }],
  });
  const environment = {
    JURISDICTION: j,
    PORT: String(ports[j].identity),
    BASE_URL: issuers[j],
    ISSUER: issuers[j],
    ISSUERS: JSON.stringify(issuers),
    CONSOLE_URLS: JSON.stringify({
      hk: 'http://127.0.0.1:9/hk',
      mo: 'http://127.0.0.1:9/mo',
      cn: 'http://127.0.0.1:9/cn',
    }),
    CLIENTS_FILE: join(folder, 'clients.json'),
    UPSTREAMS_FILE: join(folder, 'upstreams.json'),
    ADMINISTRATORS_FILE: join(folder, 'administrators.json'),
    DATABASE_URL: db.appUrl,
    DATABASE_OWNER_URL: db.ownerUrl,
    NATS_URL: nats.url,
    NATS_USER: `${j}-identity`,
    NATS_PASSWORD: 'not-checked-by-this-server',
    LOG_LEVEL: process.env.TEST_LOG ?? 'silent',
    NODE_ENV: 'test',
    ...trust.settings(`${j}/identity`),
    ...extra,
  };
  const startAt = (port: number) =>
    serveIdentity(readConfig(IdentityConfig, { ...environment, PORT: String(port) }), { directory: trust.source });
  const start = () => startAt(ports[j].identity);
  const identity = await start();
  const others = await Others.start(j, trust, nats.url);
  const rows = await new DataSource({ type: 'postgres', url: db.url, synchronize: false }).initialize();
  const side: Side = {
    jurisdiction: j,
    issuer: issuers[j],
    db,
    rows,
    nats,
    city,
    others,
    identity,
    start: async () => {
      side.identity = await start();
    },
    another: async () => startAt(await freePort()),
  };
  return side;
}

/**
 * Hong Kong and the Mainland, each complete on its own side.
 * @param how with the sandbox's cities (Hong Kong; Shenzhen and Hangzhou); with other settings of both identity services
 */
export async function startWorld(how: { simulators?: boolean; settings?: Extra } = {}): Promise<World> {
  const trust = await testTrust([
    [`hk/participant/${RECIPIENT}`, ['client', 'sig', 'enc']],
    [`hk/participant/${SECOND}`, ['client']],
    [`cn/connector/${HOLDER}`, ['enc']],
  ]);
  const [a, b, c, d] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const ports: Ports = { hk: { identity: a, city: b }, cn: { identity: c, city: d } };
  const simulators = how.simulators ? await startSimulators(trust, { hk: a, cn: c }) : null;
  const ground = { trust, ports, simulators, extra: how.settings ?? {} };
  const [hk, cn] = await Promise.all([startSide('hk', ground), startSide('cn', ground)]);
  const stop = async (): Promise<void> => {
    for (const side of [hk, cn]) {
      await side.identity.stop();
      await side.others.stop();
      await side.city.stop();
      await side.rows.destroy();
      await side.db.drop();
      await side.nats.stop();
    }
    await simulators?.stop();
  };
  return { trust, hk, cn, simulators, stop };
}

let made = 0;

/** Enters a person with accounts in both cities; documents are synthetic and well formed. */
export function enrol({ hk, cn }: World, login: string, levels: { hk?: string; cn?: string } = {}): void {
  made += 1;
  const serial = String(100_000 + made * 7);
  const person = { name: `名${login}`, name_latin: login.toUpperCase(), birthdate: '1988-05-17' };
  const at = (sub: string, acr: string, documents: Registered['documents']): Registered => ({
    ...person,
    sub,
    acr,
    documents,
  });
  hk.city.people.set(
    login,
    at(`hk-${login}`, levels.hk ?? 'iamsmart-plus', [
      { kind: 'hkid', number: `A${serial}${hkidCheckDigit(`A${serial}`)}` },
    ]),
  );
  cn.city.people.set(
    login,
    at(`sz-${login}`, levels.cn ?? 'gd-4', [{ kind: 'home-return-permit', number: `H00${serial}` }]),
  );
}

export const partnerAt = (world: World, side: Side, clientId = RECIPIENT): Promise<Partner> => {
  const owner = clientId === CAREFUL ? SECOND : clientId;
  return Partner.connect(side.issuer, clientId, world.trust.key(`hk/participant/${owner}`, 'client'));
};

/** The residents' console of a side, as a client of its own provider. */
export const consoleAt = (world: World, side: Side): Promise<Partner> =>
  Partner.connect(side.issuer, 'console', world.trust.key(`${side.jurisdiction}/console`, 'client'));

/** The administrators' console of a side. */
export const administrationAt = (world: World, side: Side): Promise<Partner> =>
  Partner.connect(side.issuer, 'administration', world.trust.key(`${side.jurisdiction}/console`, 'client'));

/** A day so many days ahead. */
export const dayIn = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** A request for the credit report, as a partner writes it. */
export const creditReport = (over: Record<string, unknown> = {}): Record<string, string> => ({
  scope: 'openid data',
  authorization_details: JSON.stringify([
    {
      type: 'data-request',
      dataset: 'credit-report',
      exporter: 'cn',
      holder: HOLDER,
      items: ['accounts', 'defaults'],
      purpose: { code: 'credit-underwriting', reference: 'MA-0417' },
      valid_until: dayIn(150),
      max_uses: 3,
      retention_until: dayIn(240),
      recipient_key: 'k'.repeat(43),
      ...over,
    },
  ]),
});
