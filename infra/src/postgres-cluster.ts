import { spawn } from 'node:child_process';
import { chmod, chown, copyFile, mkdtemp, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandOf, guard, isAlive } from './guard.js';
import type { ClusterPlace } from './postgres-binaries.js';
import { run } from './run.js';
import { isDiskFull, SetupError } from './setup-error.js';

/** The superuser of every cluster we make. */
export const ADMIN_ROLE = 'bayway_admin';
const VERSION = '18';
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;
/** What a program of PostgreSQL gets from our environment: nothing that could hold a secret. */
const ENV = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };

/**
 * Makes the cluster's files unless they are there. A making that was cut short leaves nothing that looks finished:
 * `PG_VERSION` is set aside until the end.
 * @throws SetupError `postgres-failed`, `disk-full`
 */
export async function initialise(place: ClusterPlace, password: string): Promise<void> {
  const { dataDir, initdb, user } = place;
  const version = await readFile(join(dataDir, 'PG_VERSION'), 'utf8').catch(() => '');
  if (version.trim() === VERSION) return;
  if (version !== '') {
    const advice = 'start with --fresh, or move the data over with the tools of that version';
    throw new SetupError(
      'postgres-failed',
      `${dataDir} was made by PostgreSQL ${version.trim()}, this is ${VERSION}: ${advice}`,
    );
  }
  const making = join(dataDir, 'making');
  await clearHalfMade(dataDir);
  const secret = await mkdtemp(join(tmpdir(), 'bayway-pg-'));
  const passwordFile = join(secret, 'password');
  try {
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (user) await Promise.all([secret, passwordFile].map((path) => chown(path, user.uid, user.gid)));
    const made = await run(initdb, initdbArgs(making, passwordFile), { ...user, cwd: dataDir, env: ENV });
    if (made.code !== 0) throw failed(`initdb: ${made.failure}`, made.stderr);
  } finally {
    await rm(secret, { recursive: true, force: true });
  }
  const names = (await readdir(making)).sort((a, b) => Number(a === 'PG_VERSION') - Number(b === 'PG_VERSION'));
  for (const name of names) await rename(join(making, name), join(dataDir, name));
  await rm(making, { recursive: true });
}

/** Removes what a making that was cut short left; refuses to touch a folder that holds something else. */
async function clearHalfMade(dataDir: string): Promise<void> {
  const names = await readdir(dataDir);
  if (names.length === 0) return;
  if (!names.includes('making'))
    throw new SetupError('postgres-failed', `${dataDir} holds files that are no PostgreSQL data; move them away`);
  // The mark goes last: a removal that is cut short too is still known as half-made.
  for (const name of [...names.filter((other) => other !== 'making'), 'making'])
    await rm(join(dataDir, name), { recursive: true, force: true });
}

const initdbArgs = (dataDir: string, passwordFile: string) => [
  `--pgdata=${dataDir}`,
  `--username=${ADMIN_ROLE}`,
  `--pwfile=${passwordFile}`,
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--no-locale',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-instructions',
];

/**
 * Ends what an unclean stop left behind: a server without its parent is stopped, a lock file whose process is gone
 * (or is now another program) is removed; PostgreSQL itself would refuse to start on the latter.
 */
export async function recover({ dataDir }: Pick<ClusterPlace, 'dataDir'>): Promise<void> {
  const lock = join(dataDir, 'postmaster.pid');
  const pid = Number((await readFile(lock, 'utf8').catch(() => '')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  if (isAlive(pid) && (await serves(pid, dataDir))) {
    process.kill(pid, 'SIGINT');
    await untilGone(pid, dataDir);
  }
  await rm(lock, { force: true });
}

async function untilGone(pid: number, dataDir: string): Promise<void> {
  for (const end = Date.now() + STOP_TIMEOUT_MS; Date.now() < end; await sleep(50)) {
    if (!isAlive(pid)) return;
  }
  throw new SetupError(
    'postgres-failed',
    `a PostgreSQL left by an earlier start (process ${pid}, ${dataDir}) does not stop: end it and start again`,
  );
}

/** Whether that process is the PostgreSQL of this folder. */
async function serves(pid: number, dataDir: string): Promise<boolean> {
  return (await commandOf(pid))?.includes(dataDir) ?? false;
}

/** How a server is started; `guarded`: it ends when we do, however we end. */
export type ServeOptions = Readonly<{
  port: number;
  settings: string;
  flags: string[];
  logFile: string;
  guarded: boolean;
}>;

/** A running server process. */
export type Server = Readonly<{ pid: number; stop: () => Promise<void> }>;

/**
 * Starts the server in a session of its own (Ctrl-C does not reach it) and waits until it accepts connections.
 * @param settings the settings file; it replaces the data folder's own
 * @throws SetupError `postgres-failed` with the last words of its log, `disk-full`
 */
export async function serve(place: ClusterPlace, options: ServeOptions): Promise<Server> {
  const { dataDir, postgres, user } = place;
  const settings = join(dataDir, 'postgresql.conf');
  await copyFile(options.settings, settings);
  await chmod(settings, 0o600);
  if (user) await chown(settings, user.uid, user.gid);
  const { logFile } = options;
  const log = await open(logFile, 'a', 0o600);
  const from = (await log.stat()).size;
  const child = spawn(postgres, ['-D', dataDir, '-p', String(options.port), ...options.flags], {
    ...user,
    cwd: dataDir,
    env: ENV,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`it ended with ${signal ?? code}`));
  });
  await log.close();
  child.unref();
  const { pid } = child;
  const unguard = options.guarded && pid !== undefined ? guard(pid, 'INT') : () => undefined;
  const waiting = new AbortController();
  const failure = await Promise.race([ended, untilReady(join(dataDir, 'postmaster.pid'), waiting.signal)]);
  waiting.abort();
  if (failure !== undefined || pid === undefined) {
    if (pid !== undefined) await stop(pid, ended);
    unguard();
    throw failed(failure ?? 'no process', await tail(logFile, from));
  }
  return { pid, stop: () => stop(pid, ended).then(unguard) };
}

async function stop(pid: number, ended: Promise<string>): Promise<void> {
  if (!isAlive(pid)) return;
  const wait = new AbortController();
  process.kill(pid, 'SIGINT');
  const late = sleep(STOP_TIMEOUT_MS, 'late', { signal: wait.signal }).catch(() => '');
  if ((await Promise.race([ended, late])) === 'late') process.kill(pid, 'SIGQUIT');
  wait.abort();
  await ended;
}

/** The eighth line of the lock file says `ready` once connections are accepted. */
async function untilReady(lock: string, signal: AbortSignal): Promise<string | undefined> {
  for (const end = Date.now() + START_TIMEOUT_MS; Date.now() < end && !signal.aborted; await sleep(20)) {
    const status = (await readFile(lock, 'utf8').catch(() => '')).split('\n')[7] ?? '';
    if (status.trim() === 'ready') return undefined;
  }
  return `it was not ready after ${START_TIMEOUT_MS / 1000} seconds`;
}

async function tail(file: string, from: number): Promise<string> {
  const text = (await readFile(file)).subarray(from).toString('utf8');
  return text
    .split('\n')
    .filter((line) => /FATAL|PANIC|ERROR/.test(line))
    .slice(0, 3)
    .join('; ');
}

function failed(reason: string, log: string): SetupError {
  if (isDiskFull(`${reason} ${log}`))
    return new SetupError('disk-full', 'the disk is full: PostgreSQL cannot write; free some space and start again');
  return new SetupError(
    'postgres-failed',
    `PostgreSQL did not start: ${reason}${log ? ` (${log.slice(0, 400).trim()})` : ''}`,
  );
}
