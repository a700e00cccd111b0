import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';
import { KeyCeremony, KeyDirectory, readDirectory } from '@bayway/envelope';
import { at, createDatabase } from '../databases.js';
import { findNatsServer } from '../nats-binary.js';
import { startNats } from '../nats-server.js';
import { NATS_CACHE } from '../paths.js';
import { startPostgres } from '../postgres.js';
import { Supervisor } from '../processes.js';
import { localSecrets, type Derive } from '../local/secrets.js';
import { selfSigned, tlsFront, type Certificate } from './front.js';
import { testCity } from './people.js';
import { writePlans, type Suite } from './plans.js';
import { testResource } from './resource.js';

const run = promisify(execFile);

/** A node for the OpenID conformance suite. */
export type ConformanceOptions = Readonly<{
  home: string;
  workspace: string;
  /** HTTPS port; the five after it are used on this machine only. */
  port: number;
  host: string;
  suite: Suite;
  /** For what measures the service alone: plain HTTP on this machine, in production mode, no client of the suite. */
  isPlain?: boolean;
}>;

export type ConformanceNode = Readonly<{
  issuer: string;
  plans: readonly string[];
  cert: string;
  /** Its database, as the administrator. */
  databaseUrl: string;
  /** With it, clients register at a plain node; elsewhere anybody may. */
  initialAccessToken: () => Promise<string>;
  stop: () => Promise<void>;
}>;

const OWNER = 'hk/identity';
const ROTATED_MS = 40_000;

type Trust = Readonly<{ roots: Record<Jurisdiction, object>; hk: KeyCeremony; keysDir: string; kek: string }>;

async function trustIn(home: string, derive: Derive): Promise<Trust> {
  const kek = derive('kek');
  const open = (j: Jurisdiction) => KeyCeremony.open(j, join(home, 'keys', j), derive(`${j} root passphrase`));
  const [hk, mo, cn] = await Promise.all([open('hk'), open('mo'), open('cn')]);
  await hk.ensure(OWNER, ['sig', 'oidc', 'client'], kek);
  const roots = { hk: hk.publicRoot, mo: mo.publicRoot, cn: cn.publicRoot };
  return { roots, hk, keysDir: join(home, 'keys', 'hk', 'identity'), kek };
}

/** Publishes the key directory as an evidence service does. */
const directoryServer = ({ hk }: Trust, port: number): Server =>
  createServer((request, response) => {
    const lines = request.url === '/hk/key-directory' ? hk.lines() : Promise.resolve([]);
    void lines.then((entries) =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ entries })),
    );
  }).listen(port, '127.0.0.1');

async function clientKeys({ hk }: Trust) {
  const directory = new KeyDirectory(await readDirectory('hk', hk.publicRoot, await hk.lines()));
  return directory
    .keysOf(OWNER, 'client', new Date())
    .map(({ kid, key }) => ({ ...key, kid, use: 'sig', alg: 'ES256' }));
}

type Ports = Readonly<Record<'identity' | 'city' | 'postgres' | 'nats' | 'directory', number>>;
const portsFrom = (port: number): Ports => ({
  identity: port + 1,
  city: port + 2,
  postgres: port + 3,
  nats: port + 4,
  directory: port + 5,
});

const perJurisdiction = (of: (j: Jurisdiction) => string): string =>
  JSON.stringify(Object.fromEntries(JURISDICTIONS.map((j) => [j, of(j)])));

const UNDER_TEST = {
  NODE_ENV: 'development',
  APPS_AT: 'any',
  CONFORMANCE: 'on',
  // Certificates of the suite are its own.
  NODE_TLS_REJECT_UNAUTHORIZED: '0',
};

/** The whole environment of the identity service under test. */
function environment(
  {
    home,
    issuer,
    trust,
    ports,
    isPlain,
  }: Readonly<{ home: string; issuer: string; trust: Trust; ports: Ports; isPlain: boolean }>,
  urls: { appUrl: string; ownerUrl: string },
): Record<string, string> {
  const nowhere = 'http://127.0.0.1:9';
  return {
    JURISDICTION: 'hk',
    PORT: String(ports.identity),
    BASE_URL: issuer,
    ISSUER: issuer,
    ISSUERS: perJurisdiction((j) => (j === 'hk' ? issuer : nowhere)),
    CONSOLE_URLS: perJurisdiction(() => issuer),
    EVIDENCE_URLS: perJurisdiction((j) => `http://127.0.0.1:${ports.directory}/${j}`),
    DATABASE_URL: urls.appUrl,
    DATABASE_OWNER_URL: urls.ownerUrl,
    NATS_URL: `nats://127.0.0.1:${ports.nats}`,
    NATS_USER: 'identity',
    NATS_PASSWORD: 'this-bus-asks-for-no-password',
    KEYS_DIR: trust.keysDir,
    KEK: trust.kek,
    ROOTS: JSON.stringify(trust.roots),
    CLIENTS_FILE: join(home, 'clients.json'),
    UPSTREAMS_FILE: join(home, 'upstreams.json'),
    ...(isPlain ? { NODE_ENV: 'production' } : UNDER_TEST),
  };
}

async function writeSettings(home: string, ports: Ports): Promise<void> {
  const upstream = {
    slug: 'hong-kong',
    place: 'HK',
    issuer: `http://localhost:${ports.city}`,
    client_id: 'bayway-hk',
    acr_scheme: 'iam-smart',
  };
  await writeFile(join(home, 'clients.json'), '[]');
  await writeFile(join(home, 'upstreams.json'), JSON.stringify([upstream]));
}

/** What a program of the service prints for operators. */
async function printed(program: string, args: string[], env: Record<string, string>): Promise<string> {
  const all = { ...process.env, ...env };
  const { stdout } = await run(process.execPath, ['--no-warnings', program, ...args], { env: all });
  return stdout.trim();
}

/** Rotates the RS256 keys of the node and waits until the new one signs. @returns its `kid` */
async function rotate(program: string, env: Record<string, string>, jwks: string): Promise<string> {
  const kid = await printed(program, ['0'], env);
  for (const end = Date.now() + ROTATED_MS; Date.now() < end; await sleep(500)) {
    const { keys } = (await (await fetch(jwks)).json()) as { keys: { kid: string; alg: string }[] };
    if (keys.find(({ alg }) => alg === 'RS256')?.kid === kid) return kid;
  }
  throw new Error('the new key is not published');
}

type Behind = Readonly<{ issuer: string; port: number; program: string; env: Record<string, string> }>;

/** HTTPS before the identity service, with the resource and the address that rotates the keys. */
function frontOf(certificate: Certificate, { issuer, port, program, env }: Behind) {
  const jwksUrl = `http://127.0.0.1:${port}/jwks`;
  const resource = testResource({ issuer, jwksUrl });
  return tlsFront(
    certificate,
    { port },
    {
      '/resource': (request, response) => void resource(request, response),
      '/rotate-keys': (_request, response) =>
        void rotate(program, env, jwksUrl).then(
          (kid) => response.end(`rotated: ${kid}\n`),
          (error: unknown) => response.writeHead(500).end(`${(error as Error).message}\n`),
        ),
    },
  );
}

/** Registers clients at the node: anybody may, in a conformance run. */
const registrar = (port: number) => async (path: string, body: object) => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (response.status !== 201) throw new Error(`a client of the suite was refused: ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
};

/**
 * Starts an identity node on HTTPS as the suite expects a provider under test: test users, static clients, open
 * registration, a protected resource, and an address that rotates the keys. None of it exists elsewhere.
 */
export async function startConformance(options: ConformanceOptions): Promise<ConformanceNode> {
  const { home, workspace, port, host, suite, isPlain = false } = options;
  const ports = portsFrom(port);
  const issuer = isPlain ? `http://${host}:${ports.identity}` : `https://${host}:${port}`;
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (let last = undo.pop(); last; last = undo.pop()) await last();
  };
  const keep = (server: Pick<Server, 'close' | 'closeAllConnections'>): void =>
    void undo.push(() => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    });
  try {
    await mkdir(join(home, 'logs'), { recursive: true });
    const derive = await localSecrets(home);
    const trust = await trustIn(home, derive);
    const postgres = await startPostgres({ dataDir: join(home, 'postgres'), port: ports.postgres, name: 'PostgreSQL' });
    undo.push(postgres.stop);
    const passwords = { ownerPassword: derive('owner'), appPassword: derive('app') };
    const urls = await createDatabase({ adminUrl: postgres.adminUrl, database: 'conformance_identity', ...passwords });
    const { path: binary } = await findNatsServer({ cacheDir: NATS_CACHE });
    const logFile = join(home, 'logs', 'nats.log');
    const nats = await startNats({ binary, config: '', folder: join(home, 'nats'), logFile, port: ports.nats });
    undo.push(nats.stop);
    keep(directoryServer(trust, ports.directory));
    const client = { clientId: 'bayway-hk', redirectUri: `${issuer}/cb`, keys: () => clientKeys(trust) };
    keep(await testCity(ports.city, client));
    await writeSettings(home, ports);
    const env = environment({ home, issuer, trust, ports, isPlain }, urls);
    const programs = new Supervisor();
    undo.push(() => programs.stop());
    const dist = join(workspace, 'apps', 'identity', 'dist');
    const readyUrl = `http://127.0.0.1:${ports.identity}/health/ready`;
    const log = join(home, 'logs', 'identity.log');
    await programs.start([{ name: 'identity', args: [join(dist, 'main.js')], env, logFile: log, readyUrl }]);
    const certificate = await selfSigned(home, host);
    const front = frontOf(certificate, { issuer, port: ports.identity, program: join(dist, 'rotate-keys.js'), env });
    front.listen(port);
    await once(front, 'listening');
    keep(front);
    const city = `http://localhost:${ports.city}`;
    const planned = { issuer, city, folder: join(home, 'plans'), suite };
    const plans = isPlain ? [] : await writePlans(planned, registrar(ports.identity));
    const initialAccessToken = () => printed(join(dist, 'initial-access.js'), ['1'], env);
    const databaseUrl = at(postgres.adminUrl, 'conformance_identity');
    return { issuer, plans, cert: certificate.cert, databaseUrl, initialAccessToken, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
