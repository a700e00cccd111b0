import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort, POSTGRES_SETTINGS, startPostgres, usePostgres, withClient, WORKSPACE } from '@bayway/infra';

/** What the processes that share a cluster know about it. */
type Shared = Readonly<{ adminUrl: string; pid: number; dataDir: string }>;

const OWNER = fileURLToPath(new URL('../owner/postgres-owner.mjs', import.meta.url));
/** A lock older than this belongs to a process that was killed while it held it. */
const LOCK_STALE_MS = 90_000;
/** Faster than the running system, which never risks a commit: a test's rows need not survive a power cut. */
const TEST_SETTINGS = ['fsync=off', 'full_page_writes=off', 'max_connections=400', 'log_error_verbosity=default'];

let known: Promise<string> | undefined;

/**
 * Address, as the superuser, of a PostgreSQL for tests. All test processes of a checkout share one cluster, which the
 * first of them starts; an owner process stops and removes it when no test process has been alive for half a minute.
 * With `TEST_DATABASE_URL` set, that server is used instead and nothing is started.
 */
export function testPostgres(): Promise<string> {
  known ??= find().catch((error: unknown) => {
    known = undefined;
    throw error;
  });
  return known;
}

async function find(): Promise<string> {
  const given = process.env.TEST_DATABASE_URL;
  if (given !== undefined) return (await usePostgres(given)).adminUrl;
  return joinCluster(await homeFolder(), { pid: process.pid, tickMs: 5_000 });
}

/**
 * Joins the cluster of a home folder, starting it when there is none.
 * @param lease.pid the process that keeps the cluster alive by being alive
 * @param lease.tickMs how often the owner looks; it gives up after six looks that find nobody
 */
export async function joinCluster(home: string, lease: { pid: number; tickMs: number }): Promise<string> {
  await mkdir(join(home, 'leases'), { recursive: true, mode: 0o755 });
  // The lease comes first: from now on the owner keeps a cluster that runs.
  await writeFile(join(home, 'leases', String(lease.pid)), '');
  return withLock(join(home, 'lock'), async () => (await running(home)) ?? (await start(home, lease.tickMs)));
}

/** One folder per user, checkout and settings; refused when somebody else made it. */
async function homeFolder(): Promise<string> {
  const uid = userInfo().uid;
  const key = createHash('sha256').update(WORKSPACE).update(readFileSync(POSTGRES_SETTINGS)).digest('hex').slice(0, 12);
  const home = join(tmpdir(), `bayway-test-postgres-${uid}-${key}`);
  await mkdir(home, { recursive: true, mode: 0o755 });
  if (uid !== -1 && (await stat(home)).uid !== uid) throw new Error(`${home} belongs to another user`);
  return home;
}

async function running(home: string): Promise<string | undefined> {
  const text = await readFile(join(home, 'cluster.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { adminUrl } = JSON.parse(text) as Shared;
  return withClient(adminUrl, (client) => client.query('select 1')).then(
    () => adminUrl,
    () => undefined,
  );
}

async function start(home: string, tickMs: number): Promise<string> {
  const folder = await mkdtemp(join(home, 'cluster-'));
  await chmod(folder, 0o755);
  const dataDir = join(folder, 'data');
  const server = await startPostgres({ dataDir, port: await freePort(), guarded: false, settings: TEST_SETTINGS });
  if (server.pid === null) throw new Error('our own cluster has a process');
  const shared: Shared = { adminUrl: server.adminUrl, pid: server.pid, dataDir };
  const partial = join(folder, 'cluster.json');
  await writeFile(partial, JSON.stringify(shared), { mode: 0o600 });
  await rename(partial, join(home, 'cluster.json'));
  const args = [OWNER, home, folder, String(tickMs)];
  spawn(process.execPath, args, { detached: true, stdio: 'ignore', env: { PATH: process.env.PATH } }).unref();
  return server.adminUrl;
}

/** One process at a time; a folder is made or exists already in one step, on every system. The owner does the same. */
async function withLock<T>(lock: string, work: () => Promise<T>): Promise<T> {
  for (;;) {
    const taken = await mkdir(lock).then(
      () => true,
      () => false,
    );
    if (taken) break;
    const since = await stat(lock).then(
      ({ mtimeMs }) => mtimeMs,
      () => Date.now(),
    );
    if (Date.now() - since > LOCK_STALE_MS) await rename(lock, `${lock}-${randomUUID()}`).catch(() => undefined);
    await sleep(25);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}
