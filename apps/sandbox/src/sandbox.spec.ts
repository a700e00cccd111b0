import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort, testPostgres, testTrust } from '@bayway/testing';
import { exportJWK, generateKeyPair } from 'jose';
import pg from 'pg';
import { Browser } from '../test/browser.js';
import { readSettings, SettingError } from './config.js';
import { startSandbox, type Sandbox } from './sandbox.js';

const BANK = 'hk/participant/tsing-wan-bank';
const suffix = randomBytes(5).toString('hex');
const HOLDER = {
  database: `test_sandbox_${suffix}`,
  user: `test_sandbox_reader_${suffix}`,
  password: 'reader-password-1',
};

let folder: string;
let environment: Record<string, string>;
let sandbox: Sandbox;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bayway-sandbox-'));
  const trust = await testTrust([[BANK, ['client', 'sig', 'enc']]]);
  const { publicKey } = await generateKeyPair('ES256', { extractable: true });
  const clients = [
    {
      client_id: 'bayway-hk',
      redirect_uris: ['http://localhost:4100/cb'],
      jwks: { keys: [await exportJWK(publicKey)] },
    },
  ];
  await writeFile(join(folder, 'clients.json'), JSON.stringify(clients));
  const ports = {
    LANDING_PORT: await freePort(),
    CITIES_PORT: await freePort(),
    MAILBOX_PORT: await freePort(),
    SMTP_PORT: await freePort(),
  };
  const { ROOTS, EVIDENCE_URLS } = trust.settings(BANK);
  const partner = {
    participant: 'tsing-wan-bank',
    port: await freePort(),
    url: 'http://localhost:9',
    issuer: 'http://127.0.0.1:9',
    broker: 'http://127.0.0.1:9',
    audience: 'urn:bayway:hk:broker',
    keysDir: trust.keysDir(BANK),
    kek: trust.kek,
  };
  environment = {
    ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])),
    SANDBOX_SECRET: 'a secret for tests that is long enough',
    CITY_CLIENTS_FILE: join(folder, 'clients.json'),
    OUTSIDE_DATABASE_URL: await testPostgres(),
    HOLDERS: JSON.stringify({ 'pengwan-credit': HOLDER }),
    PARTNERS: JSON.stringify([partner]),
    ROOTS,
    EVIDENCE_URLS,
  };
  sandbox = await startSandbox(readSettings(environment));
});

afterAll(async () => {
  await sandbox.stop();
  const cluster = new pg.Client(environment.OUTSIDE_DATABASE_URL);
  await cluster.connect();
  await cluster.query(`drop database ${HOLDER.database} with (force)`);
  await cluster.query(`drop role ${HOLDER.user}`);
  await cluster.end();
  await rm(folder, { recursive: true });
});

const partnerPort = (): number => (JSON.parse(environment['PARTNERS'] ?? '') as [{ port: number }])[0].port;
const at = (variable: string, path: string): string =>
  `http://127.0.0.1:${variable === 'PARTNERS' ? partnerPort() : environment[variable]}${path}`;

describe('the sandbox', () => {
  it.each(['LANDING_PORT', 'CITIES_PORT', 'PARTNERS', 'MAILBOX_PORT'])(
    'is live and ready on its %s',
    async (variable) => {
      expect(await (await fetch(at(variable, '/health/live'))).json()).toEqual({ status: 'live' });
      expect(await (await fetch(at(variable, '/health/ready'))).json()).toEqual({ status: 'ready' });
    },
  );

  it('shows a page at each address', async () => {
    for (const [variable, words] of [
      ['LANDING_PORT', 'chan.meiyee'],
      ['CITIES_PORT', 'Zhuhai'],
      ['PARTNERS', 'id="ask"'],
      ['MAILBOX_PORT', 'Mailbox'],
    ] as const) {
      const page = await new Browser().open(at(variable, '/'));
      expect(page.text).toContain(words);
    }
  });

  it('makes issuers from its address', async () => {
    const metadata = await (await fetch(at('CITIES_PORT', '/macao/.well-known/openid-configuration'))).json();
    expect(metadata).toMatchObject({ issuer: `http://localhost:${environment.CITIES_PORT}/macao` });
  });
});

describe('settings', () => {
  const without = (name: string) => ({ ...environment, [name]: undefined }) as NodeJS.ProcessEnv;

  it.each(['SANDBOX_SECRET', 'CITY_CLIENTS_FILE', 'OUTSIDE_DATABASE_URL', 'HOLDERS', 'PARTNERS', 'ROOTS'])(
    'name %s when it is missing',
    (name) => {
      expect(() => readSettings(without(name))).toThrow(SettingError);
      expect(() => readSettings(without(name))).toThrow(name);
    },
  );

  it('name a wrong variable and never show its value', () => {
    const HOLDERS = JSON.stringify({ 'pengwan-credit': { ...HOLDER, password: 'hunter2' } });
    const wrong = { ...environment, HOLDERS, ROOTS: '{"hk":' };
    const message = (() => {
      try {
        return readSettings(wrong) && '';
      } catch (error) {
        return (error as Error).message;
      }
    })();
    expect(message).toContain('HOLDERS.pengwan-credit.password');
    expect(message).toContain('ROOTS: is not JSON');
    expect(message).not.toContain('hunter2');
  });

  it('give each part a port beside the base, and addresses from the ports', () => {
    const { LANDING_PORT: _l, CITIES_PORT: _c, MAILBOX_PORT: _m, SMTP_PORT: _s, ...rest } = environment;
    const read = readSettings({ ...rest, PORT_BASE: '5500' });
    const { LANDING_PORT, CITIES_PORT, MAILBOX_PORT, SMTP_PORT } = read;
    expect([LANDING_PORT, CITIES_PORT, MAILBOX_PORT, SMTP_PORT]).toEqual([5000, 5510, 5530, 5531]);
    expect([read.CITIES_URL, read.MAILBOX_URL]).toEqual(['http://localhost:5510', 'http://localhost:5530']);
  });

  it.each([
    ['is not JSON', '['],
    ['names an unknown service', '[{"jurisdiction":"hk","service":"kitchen","url":"http://localhost:1"}]'],
    ['leads to no web page', '[{"jurisdiction":"hk","service":"broker","url":"javascript:alert(1)"}]'],
  ])('refuse LANDING_LINKS that %s', (_what, LANDING_LINKS) => {
    expect(() => readSettings({ ...environment, LANDING_LINKS })).toThrow('LANDING_LINKS');
  });

  it('stop the start when the clients’ file is not what it should be', async () => {
    const file = join(folder, 'wrong.json');
    await writeFile(file, '[{"client_id":"x"}]');
    await expect(startSandbox(readSettings({ ...environment, CITY_CLIENTS_FILE: file }))).rejects.toThrow(
      'CITY_CLIENTS_FILE',
    );
  });
});
