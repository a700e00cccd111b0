import { LOCAL, WORKSPACE } from './paths.js';
import { removeBay, startBay, type Bay } from './local/bay.js';
import { nameOf, type Topology } from './local/topology.js';
import { isDiskFull, SetupError } from './setup-error.js';
import { tryThis } from './try-this.js';

const USAGE = `usage: npm start -- [--fresh] [--help]
  --fresh   start over: removes data, keys and logs of earlier starts
settings    DATABASE_URL, OUTSIDE_DATABASE_URL: a PostgreSQL 15 or later in place of the embedded one
            BAYWAY_PORT: the first port (4000)
`;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * The whole of `npm start`: starts everything, tells where it is, and stops it in order on Ctrl-C.
 * What keeps it from starting is one line on standard error, and exit code 1.
 */
export async function main(args: readonly string[]): Promise<void> {
  const unknown = args.find((arg) => !['--fresh', '--help'].includes(arg));
  if (unknown !== undefined) return fail(`unknown argument ${unknown}\n${USAGE}`);
  if (args.includes('--help')) return void process.stdout.write(USAGE);
  try {
    await start(args.includes('--fresh'));
  } catch (error) {
    fail(explain(error));
  }
}

async function start(fresh: boolean): Promise<void> {
  const begun = Date.now();
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupt(interruption));
  const { DATABASE_URL: databaseUrl, OUTSIDE_DATABASE_URL: outsideDatabaseUrl } = process.env;
  const where = { home: LOCAL, base: portBase(process.env.BAYWAY_PORT), databaseUrl, outsideDatabaseUrl };
  if (fresh) {
    say('· removing data, keys and logs of earlier starts');
    await removeBay(where);
  }
  try {
    const bay = await startBay({
      ...where,
      workspace: WORKSPACE,
      signal: interruption.signal,
      onProgress: (line) => say(`· ${line}`),
      onUnexpectedEnd: ({ name, how, lastLine, logFile }) =>
        say(`! ${name} ended (${how}): ${lastLine} (log: ${logFile})`),
    });
    say(welcome(bay, (Date.now() - begun) / 1000));
    await interrupted(interruption.signal);
    await bay.stop();
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
  }
  say('stopped');
}

/** Waits for Ctrl-C, and keeps this process until then: nothing that it started does. */
function interrupted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const kept = setInterval(() => undefined, 60_000);
    const end = () => {
      clearInterval(kept);
      resolve();
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

/** The first Ctrl-C stops in order. The second ends this process at once; the guards then stop what it leaves. */
function interrupt(interruption: AbortController): void {
  if (interruption.signal.aborted) process.exit(130);
  say('\nstopping …');
  interruption.abort();
}

function portBase(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const base = Number(text);
  if (Number.isInteger(base) && base % 10 === 0 && base >= 1_030 && base <= 64_000) return base;
  throw new SetupError('setting-broken', 'BAYWAY_PORT is not a multiple of 10 from 1030 to 64000');
}

function welcome({ topology }: Bay, seconds: number): string {
  const rows: [string, string][] = [
    ['landing page', local(topology.landing)],
    ['Tsing Wan Bank (Hong Kong)', local(topology.sandbox.bank)],
    ['Lotus Bank (Macao)', local(topology.sandbox.lotusBank)],
    ['Qianwan Bank (Shenzhen)', local(topology.sandbox.qianwanBank)],
    ['mailbox', local(topology.sandbox.mailbox)],
    ...instances(topology),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const table = rows.map(([name, url]) => `  ${name.padEnd(width)}  ${url}`);
  return [
    `\nBayway is ready (${seconds.toFixed(0)} s)\n`,
    ...table,
    '',
    ...whatToTry(topology),
    '\nCtrl-C stops everything.',
  ].join('\n');
}

const local = (port: number): string => `http://localhost:${port}`;
const instances = (topology: Topology): [string, string][] =>
  topology.instances.map((instance) => [nameOf(instance), topology.urlOf(instance)]);

function whatToTry({ landing }: Topology): string[] {
  const { steps, others } = tryThis({ landing: local(landing) });
  return ['Try this:', ...steps.map((step, index) => `  ${index + 1}. ${step}`), ...others.map((line) => `  ${line}`)];
}

function explain(error: unknown): string {
  if (error instanceof SetupError) return error.message;
  if (isDiskFull(error)) return 'the disk is full; free some space and start again';
  return `Bayway could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

function fail(line: string): void {
  process.stderr.write(`\nBayway cannot start: ${line}\n`);
  process.exitCode = 1;
}
