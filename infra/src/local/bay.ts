import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LeafAddresses } from '../nats-links.js';
import { assertPortFree } from '../ports.js';
import { removePostgres, usePostgres, type Postgres } from '../postgres.js';
import { dropDatabase } from '../databases.js';
import { Supervisor, type ProcessSpec, type UnexpectedEnd } from '../processes.js';
import { SetupError } from '../setup-error.js';
import { environmentOf, type Place } from './environments.js';
import {
  assertRoom,
  clusterFolder,
  makeDatabases,
  startBuses,
  startCluster,
  type Buses,
  type Ground,
} from './foundations.js';
import { localKeys } from './keys.js';
import { holderDatabaseName } from './connectors.js';
import { sandboxEnvironment } from './sandbox.js';
import { localSecrets } from './secrets.js';
import { PARTICIPANTS } from './participants/participants.js';
import { bundlePrograms, type App } from './programs.js';
import { writeSettings } from './settings.js';
import { takeLock } from './start-lock.js';
import { CONNECTORS, databaseOf, nameOf, programsOf, topology, type Instance, type Topology } from './topology.js';

/** How to start the whole system on one machine. */
export type BayOptions = Readonly<{
  /** Folder of data, keys, settings and logs: `.bayway`. */
  home: string;
  /** Folder of the checkout, where the built programs are. */
  workspace: string;
  /** First port; 4000 unless told. */
  base?: number;
  /** A PostgreSQL 15 or later to use instead of an embedded one: for the services, and for the outside world. */
  databaseUrl?: string | undefined;
  outsideDatabaseUrl?: string | undefined;
  /** How the others reach a jurisdiction's leaf listener, where it is not directly. */
  leafUrls?: Partial<LeafAddresses>;
  /** Aborted: the start ends at its next step, with what was started stopped. */
  signal?: AbortSignal;
  onProgress?: (line: string) => void;
  onUnexpectedEnd?: (end: UnexpectedEnd) => void;
}>;

/** The running system. */
export type Bay = Readonly<{
  topology: Topology;
  home: string;
  programs: Supervisor;
  buses: Buses;
  postgres: Readonly<Record<'main' | 'outside', Postgres>>;
  stop: () => Promise<void>;
}>;

/** Node flags of every program: a small young generation, for there are many programs on one machine. */
const NODE_FLAGS = ['--max-semi-space-size=2'];
/** Folders of a run; `cache` is none of them. */
const KEPT = ['postgres', 'keys', 'settings', 'secrets', 'staging', 'nats', 'logs'];
/** How long ports may stay taken by programs of a start that was cut short: they end by themselves. */
const LEFT_OVER_MS = 15_000;

/**
 * Starts everything: clusters, databases, keys, settings, the three buses, then the programs in stages, each ready
 * before the next. When something fails, what was started is stopped before the error is thrown.
 * @throws SetupError with one line that names the thing
 */
export async function startBay(options: BayOptions): Promise<Bay> {
  const { home, onProgress = () => undefined } = options;
  const undo: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (let last = undo.pop(); last !== undefined; last = undo.pop()) await last();
  };
  try {
    const places = topology(options.base);
    await assertRoom(home);
    const lock = await takeLock(join(home, 'lock'));
    undo.push(lock.release);
    options.signal?.throwIfAborted();
    if (lock.stale) onProgress('an earlier start was cut short; going on from what it left');
    await assertPortsFree(places, lock.stale ? LEFT_OVER_MS : 0);
    const ground: Ground = { home, topology: places, derive: await localSecrets(home), onProgress };
    const mainFileOf = await bundlePrograms(options.workspace, onProgress);
    const main = await startCluster(ground, 'main', options.databaseUrl);
    undo.push(main.stop);
    const outside = await startCluster(ground, 'outside', options.outsideDatabaseUrl);
    undo.push(outside.stop);
    options.signal?.throwIfAborted();
    const databases = await makeDatabases(ground, main.adminUrl);
    const keys = await localKeys(home, ground.derive, { instances: places.instances, participants: PARTICIPANTS });
    if (keys.made > 0) onProgress(`made ${keys.made} keys and entered them in the three directories`);
    const place: Place = { home, topology: places, keys, derive: ground.derive, databases };
    await writeSettings(place, outside.adminUrl);
    const buses = await startBuses(ground, options.leafUrls);
    undo.push(() => buses.stop());
    const programs = new Supervisor(options.onUnexpectedEnd);
    undo.push(() => programs.stop());
    for (const stage of stages(options, place, { outsideUrl: outside.adminUrl, mainFileOf })) {
      options.signal?.throwIfAborted();
      await programs.start(stage, (name) => onProgress(`${name} is ready`));
    }
    return { topology: places, home, programs, buses, postgres: { main, outside }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Removes everything a run keeps, except what was downloaded; of a PostgreSQL that somebody else runs, our databases.
 * @throws SetupError `already-running`
 */
export async function removeBay(
  options: Pick<BayOptions, 'home' | 'databaseUrl' | 'outsideDatabaseUrl'>,
): Promise<void> {
  const { home, databaseUrl, outsideDatabaseUrl } = options;
  const lock = await takeLock(join(home, 'lock'));
  try {
    for (const cluster of ['main', 'outside'] as const) await removePostgres(clusterFolder(home, cluster));
    if (databaseUrl !== undefined) {
      const { adminUrl } = await usePostgres(databaseUrl);
      for (const instance of topology().instances) await dropDatabase(adminUrl, databaseOf(instance));
    }
    if (outsideDatabaseUrl !== undefined) {
      const { adminUrl } = await usePostgres(outsideDatabaseUrl);
      for (const { holder } of CONNECTORS) await dropDatabase(adminUrl, holderDatabaseName(holder));
    }
    for (const folder of KEPT) await rm(join(home, folder), { recursive: true, force: true });
  } finally {
    await lock.release();
  }
}

/** Programs in the order they need each other: who publishes keys and plays the outside world, then all others. */
function stages(
  { home }: BayOptions,
  place: Place,
  { outsideUrl, mainFileOf }: Readonly<{ outsideUrl: string; mainFileOf: (app: App) => string }>,
): ProcessSpec[][] {
  const program = (app: App, run: Pick<ProcessSpec, 'name' | 'env'> & { port: number }): ProcessSpec => ({
    name: run.name,
    env: run.env,
    args: [...NODE_FLAGS, mainFileOf(app)],
    logFile: join(home, 'logs', `${run.name.replaceAll('/', '-')}.log`),
    readyUrl: `http://127.0.0.1:${run.port}/health/ready`,
  });
  const { portOf, sandbox } = place.topology;
  const of = (...services: Instance['service'][]) =>
    programsOf(place.topology)
      .filter(({ service }) => services.includes(service))
      .map(({ name, service, instances }) => {
        const [last = {}, ...others] = instances.map((instance) => environmentOf(place, instance)).reverse();
        // Ready once the last of them is.
        const env = others.length > 0 ? { ...last, CONNECTORS: JSON.stringify([...others.reverse(), last]) } : last;
        return program(service, { name, env, port: portOf(instances.at(-1) as Instance) });
      });
  const outside = program('sandbox', {
    name: 'sandbox',
    env: sandboxEnvironment(place, outsideUrl),
    port: sandbox.cities,
  });
  return [[...of('evidence'), outside], of('identity', 'consent'), of('broker', 'connector', 'console')];
}

/** Every port but PostgreSQL's, which is checked after a server left from before has been ended. */
async function assertPortsFree(
  { instances, portOf, landing, sandbox, nats }: Topology,
  patienceMs: number,
): Promise<void> {
  const wanted: [number, string][] = [
    [landing, 'the landing page'],
    ...instances.map((instance): [number, string] => [portOf(instance), nameOf(instance)]),
    ...Object.entries(sandbox).map(([part, port]): [number, string] => [port, `the sandbox (${part})`]),
    ...Object.entries(nats).flatMap(([jurisdiction, { port, leafPort }]): [number, string][] => [
      [port, `nats-server (${jurisdiction})`],
      [leafPort, `nats-server (${jurisdiction}, links)`],
    ]),
  ];
  for (const end = Date.now() + patienceMs; ; await sleep(200)) {
    try {
      for (const [port, what] of wanted) await assertPortFree(port, what);
      return;
    } catch (error) {
      if (!(error instanceof SetupError) || Date.now() >= end) throw error;
    }
  }
}
