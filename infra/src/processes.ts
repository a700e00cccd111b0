import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { guard, waitForExit, type Unguard } from './guard.js';
import { isDiskFull, SetupError } from './setup-error.js';

/** A Node program to run and to watch. */
export type ProcessSpec = Readonly<{
  /** What messages and the log file call it: `hk/broker`. */
  name: string;
  /** Flags of Node, the path of the main file, and what follows it. */
  args: readonly string[];
  /** Its whole environment besides PATH, HOME and TZ: nothing of ours is passed on. */
  env: Readonly<Record<string, string>>;
  logFile: string;
  /** Answers 200 once it is ready. */
  readyUrl: string;
  /** How long it may take to be ready (60,000 unless told) and, after SIGTERM, to end (12,000). */
  readyTimeoutMs?: number;
  graceMs?: number;
}>;

/** How a program ended that nobody had asked to. */
export type UnexpectedEnd = Readonly<{ name: string; how: string; lastLine: string; logFile: string }>;

type Running = { spec: ProcessSpec; child: ChildProcess; unguard: Unguard; wanted: boolean };

const LOG_LIMIT_BYTES = 10_000_000;
/** Exit code by which our services say that a setting is missing or wrong. */
const BAD_SETTING = 78;

/**
 * Runs programs in stages: a stage is ready as a whole before the next one starts, and stages stop in reverse order.
 * Nothing is restarted by itself; an end nobody asked for is reported once.
 */
export class Supervisor {
  private readonly running = new Map<string, Running>();
  private readonly stages: string[][] = [];

  constructor(private readonly onUnexpectedEnd: (end: UnexpectedEnd) => void = () => undefined) {}

  /**
   * Starts programs side by side and waits until each is ready.
   * @throws SetupError `service-failed` or `setting-broken`, with the last line of the log of the first that failed
   */
  async start(specs: readonly ProcessSpec[], onReady: (name: string) => void = () => undefined): Promise<void> {
    this.stages.push(specs.map((spec) => spec.name));
    const launched = await Promise.allSettled(specs.map((spec) => this.launch(spec).then(() => onReady(spec.name))));
    const failed = launched.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
  }

  /** Ends one program with a signal and waits for it; it counts as wanted. */
  async end(name: string, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const known = this.running.get(name);
    if (!known) return;
    known.wanted = true;
    known.child.kill(signal);
    if (!(await waitForExit(known.child, known.spec.graceMs ?? 12_000))) {
      known.child.kill('SIGKILL');
      await waitForExit(known.child, 5_000);
    }
    known.unguard();
  }

  /** Ends one program, if it still runs, and starts it again with what it was started with. */
  async restart(name: string, signal?: NodeJS.Signals): Promise<void> {
    const known = this.running.get(name);
    if (!known) throw new TypeError(`no program ${name}`);
    await this.end(name, signal);
    await this.launch(known.spec);
  }

  /** Process ids by name, of those that run. */
  pids(): ReadonlyMap<string, number> {
    const alive = [...this.running].filter(([, { child }]) => child.exitCode === null && child.signalCode === null);
    return new Map(alive.flatMap(([name, { child }]) => (child.pid === undefined ? [] : [[name, child.pid]])));
  }

  /** Stops everything, last stage first. */
  async stop(): Promise<void> {
    for (let stage = this.stages.pop(); stage !== undefined; stage = this.stages.pop()) {
      await Promise.all(stage.map((name) => this.end(name)));
    }
  }

  private async launch(spec: ProcessSpec): Promise<void> {
    const from = await openLog(spec.logFile);
    const log = await open(spec.logFile, 'a', 0o600);
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, spec.args, {
      detached: true,
      env: { PATH, HOME, TZ: 'UTC', ...spec.env },
      stdio: ['ignore', log.fd, log.fd],
    });
    await log.close();
    child.unref();
    const started: Running = {
      spec,
      child,
      wanted: false,
      unguard: child.pid ? guard(child.pid, 'TERM') : () => undefined,
    };
    this.running.set(spec.name, started);
    await untilReady(started, from);
    child.once('exit', (code, signal) => void this.ended(started, { how: signal ?? `exit code ${code}`, from }));
    // It may have ended between its last answer and now.
    if (child.exitCode !== null || child.signalCode !== null) throw await startFailure(started, from);
  }

  private async ended(running: Running, { how, from }: { how: string; from: number }): Promise<void> {
    running.unguard();
    if (running.wanted) return;
    const { name, logFile } = running.spec;
    this.onUnexpectedEnd({ name, how, logFile, lastLine: await lastLine(logFile, from) });
  }
}

/** Makes room for a log and answers how long it is; a long one of earlier starts is put aside as `.1`. */
async function openLog(file: string): Promise<number> {
  await mkdir(dirname(file), { recursive: true });
  const size = await stat(file).then(
    (known) => known.size,
    () => 0,
  );
  if (size < LOG_LIMIT_BYTES) return size;
  await rename(file, `${file}.1`);
  return 0;
}

async function untilReady(running: Running, from: number): Promise<void> {
  const { spec, child } = running;
  let failure: Error | undefined;
  child.once('error', (error) => (failure = error));
  for (const end = Date.now() + (spec.readyTimeoutMs ?? 60_000); Date.now() < end; await sleep(50)) {
    if (failure !== undefined || child.exitCode !== null || child.signalCode !== null)
      throw await startFailure(running, from);
    if (await answers(spec.readyUrl)) return;
  }
  running.wanted = true;
  child.kill('SIGKILL');
  throw await startFailure(running, from, `it was not ready in time (${spec.readyUrl})`);
}

const answers = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(2_000), redirect: 'manual' }).then(
    async (response) => {
      await response.body?.cancel();
      return response.status === 200;
    },
    () => false,
  );

async function startFailure(running: Running, from: number, reason?: string): Promise<SetupError> {
  const { spec, child } = running;
  running.unguard();
  const line = await lastLine(spec.logFile, from);
  const how = reason ?? `it ended with ${child.signalCode ?? `exit code ${child.exitCode}`}`;
  if (isDiskFull(line)) return new SetupError('disk-full', `the disk is full: ${spec.name} cannot write`);
  const problem = child.exitCode === BAD_SETTING ? 'setting-broken' : 'service-failed';
  return new SetupError(problem, `${spec.name} did not start: ${how}${line ? `: ${line}` : ''} (log: ${spec.logFile})`);
}

/** The last line a program wrote, or the last that tells of an error; at most 300 characters. */
async function lastLine(file: string, from: number): Promise<string> {
  const lines = (await readFile(file))
    .subarray(from)
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const telling = lines.filter(
    (line) => /error|missing|wrong|failed|EADDRINUSE|ENOSPC/i.test(line) && !/^\s+at /.test(line),
  );
  return (telling.at(-1) ?? lines.at(-1) ?? '').trim().slice(0, 300);
}
