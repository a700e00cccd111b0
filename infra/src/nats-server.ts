import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { guard, waitForExit } from './guard.js';
import { isDiskFull, SetupError } from './setup-error.js';

const READY_TIMEOUT_MS = 15_000;
const STOP_TIMEOUT_MS = 10_000;

/** A nats-server that accepts connections. */
export type NatsServer = Readonly<{ url: string; port: number; pid: number; stop: () => Promise<void> }>;

/** How to start one. */
export type NatsServerOptions = Readonly<{
  /** Path of the program; see `findNatsServer`. */
  binary: string;
  /** Its whole configuration, which may hold passwords; written to a file only we may read. */
  config: string;
  /** Folder for that file; made when missing. */
  folder: string;
  logFile: string;
  /** What messages call it. */
  name?: string;
  /** Client port on 127.0.0.1 in place of the configuration's; 0: the system chooses. */
  port?: number;
}>;

/**
 * Starts a nats-server in a session of its own (Ctrl-C does not reach it) and waits until it accepts connections.
 * It ends with this process, however that ends.
 * @throws SetupError `nats-failed` with its last words, `port-taken`, `disk-full`
 */
export async function startNats(options: NatsServerOptions): Promise<NatsServer> {
  const { folder, name = 'nats-server', port } = options;
  await mkdir(folder, { recursive: true });
  const configFile = join(folder, 'nats-server.conf');
  await writeFile(configFile, options.config, { mode: 0o600 });
  const listen = port === undefined ? [] : ['-a', '127.0.0.1', '-p', String(port === 0 ? -1 : port)];
  const log = await open(options.logFile, 'a', 0o600);
  const from = (await log.stat()).size;
  const child = spawn(options.binary, ['-c', configFile, '--ports_file_dir', folder, ...listen], {
    detached: true,
    env: {},
    stdio: ['ignore', log.fd, log.fd],
  });
  await log.close();
  child.unref();
  const { pid } = child;
  const unguard = pid === undefined ? () => undefined : guard(pid, 'TERM');
  const url = await ready(child, folder);
  if (url === undefined || pid === undefined) {
    await stop(child);
    unguard();
    throw failure(name, (await readFile(options.logFile)).subarray(from).toString('utf8'));
  }
  return { url, port: Number(new URL(url).port), pid, stop: () => stop(child).then(unguard) };
}

/** The server writes its addresses to a file once it listens; undefined when it ended instead. */
async function ready(child: ChildProcess, folder: string): Promise<string | undefined> {
  let failed = false;
  child.once('error', () => (failed = true));
  const file = join(folder, `nats-server_${child.pid}.ports`);
  for (const end = Date.now() + READY_TIMEOUT_MS; Date.now() < end; await sleep(10)) {
    if (failed || child.exitCode !== null || child.signalCode !== null) return undefined;
    const text = await readFile(file, 'utf8').catch(() => '');
    if (!text.trimEnd().endsWith('}')) continue;
    await rm(file, { force: true });
    return (JSON.parse(text) as { nats: string[] }).nats[0];
  }
  return undefined;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  child.kill('SIGTERM');
  if (await waitForExit(child, STOP_TIMEOUT_MS)) return;
  child.kill('SIGKILL');
  await waitForExit(child, STOP_TIMEOUT_MS);
}

function failure(name: string, log: string): SetupError {
  const lines = log.split('\n').filter((line) => /\[(ERR|FTL)\]|^nats-server: /.test(line));
  const said = lines
    .map((line) => line.replace(/^.*\[(ERR|FTL)\] |^nats-server: /, ''))
    .join('; ')
    .slice(0, 400);
  if (isDiskFull(log)) return new SetupError('disk-full', `the disk is full: ${name} cannot write`);
  const taken = /listen tcp (\S+): bind: address already in use/.exec(log);
  if (taken)
    return new SetupError(
      'port-taken',
      `${taken[1]} is already taken by another program; ${name} needs it: stop that program and start again`,
    );
  return new SetupError('nats-failed', `${name} did not start${said ? `: ${said}` : ''}`);
}
