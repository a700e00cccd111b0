import { mkdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { contracts } from '@bayway/contracts';
import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';
import { createDatabase, type DatabaseUrls } from '../databases.js';
import { busPassword } from './environments.js';
import type { Derive } from './secrets.js';
import { findNatsServer } from '../nats-binary.js';
import { natsConfig } from '../nats-config.js';
import { leafPeers, type LeafAddresses } from '../nats-links.js';
import { borderSubjects, permissionsFromContracts, userName } from '../nats-permissions.js';
import { startNats, type NatsServer } from '../nats-server.js';
import { NATS_CACHE } from '../paths.js';
import { startPostgres, usePostgres, type Postgres } from '../postgres.js';
import { SetupError } from '../setup-error.js';
import { databaseOf, nameOf, perJurisdiction, type Topology } from './topology.js';

const NEEDED_BYTES = 500_000_000;

/** Where the foundations are laid. */
export type Ground = Readonly<{ home: string; topology: Topology; derive: Derive; onProgress: (line: string) => void }>;

/** @throws SetupError `disk-full` when less than 500 MB are free where the data goes */
export async function assertRoom(home: string): Promise<void> {
  await mkdir(home, { recursive: true, mode: 0o755 });
  const { bavail, bsize } = await statfs(home);
  const free = bavail * bsize;
  if (free >= NEEDED_BYTES) return;
  const megabytes = Math.floor(free / 1_000_000);
  throw new SetupError(
    'disk-full',
    `the disk is full: ${megabytes} MB are free in ${home}, Bayway needs ${NEEDED_BYTES / 1_000_000} MB`,
  );
}

/** Folder of one of the two clusters: `main` for Bayway's services, `outside` for the world around it. */
export const clusterFolder = (home: string, cluster: 'main' | 'outside'): string => join(home, 'postgres', cluster);

/**
 * Starts one cluster, or uses the given server.
 * @param databaseUrl a PostgreSQL that somebody else runs
 */
export async function startCluster(
  ground: Ground,
  cluster: 'main' | 'outside',
  databaseUrl?: string,
): Promise<Postgres> {
  if (databaseUrl !== undefined) return usePostgres(databaseUrl);
  return startPostgres({
    dataDir: clusterFolder(ground.home, cluster),
    port: ground.topology.postgres[cluster],
    name: `PostgreSQL (${cluster})`,
    logFile: join(ground.home, 'logs', `postgres-${cluster}.log`),
    onProgress: ground.onProgress,
  });
}

/** Makes every instance's database and its two roles, or brings them back to what is declared. By name of the instance. */
export async function makeDatabases(
  { topology, derive, onProgress }: Ground,
  adminUrl: string,
): Promise<Map<string, DatabaseUrls>> {
  onProgress(`preparing ${topology.instances.length} databases`);
  const made = new Map<string, DatabaseUrls>();
  for (const instance of topology.instances) {
    const database = databaseOf(instance);
    const [ownerPassword, appPassword] = [derive(`${database} owner`), derive(`${database} app`)];
    made.set(nameOf(instance), await createDatabase({ adminUrl, database, ownerPassword, appPassword }));
  }
  return made;
}

/**
 * The configuration of each jurisdiction's nats-server: a user per instance, and the borders.
 * @param through how a leaf listener is reached, where it is not directly
 */
export function natsConfigs(
  { topology, derive }: Pick<Ground, 'topology' | 'derive'>,
  through: Partial<LeafAddresses> = {},
): Record<Jurisdiction, string> {
  const direct = (of: Jurisdiction): string => `nats-leaf://127.0.0.1:${topology.nats[of].leafPort}`;
  const leafUrls = perJurisdiction((jurisdiction) => through[jurisdiction] ?? direct(jurisdiction));
  return perJurisdiction((jurisdiction) =>
    natsConfig({
      jurisdiction,
      ...topology.nats[jurisdiction],
      peers: leafPeers(jurisdiction, leafUrls, (account) => derive(`${account} leaf`)),
      users: topology.instances
        .filter((instance) => instance.jurisdiction === jurisdiction)
        .map((instance) => {
          const { publish, subscribe } = permissionsFromContracts(contracts, jurisdiction, instance);
          return {
            name: userName(instance),
            password: busPassword(derive, instance),
            publish: [...publish],
            subscribe: [...subscribe],
          };
        }),
      borderSubjects: borderSubjects(contracts),
    }),
  );
}

/** The three nats-servers, each of which can be stopped and started alone. */
export type Buses = Readonly<{
  servers: ReadonlyMap<Jurisdiction, NatsServer>;
  restart: (jurisdiction: Jurisdiction) => Promise<void>;
  stop: (jurisdiction?: Jurisdiction) => Promise<void>;
}>;

/** Finds nats-server and starts three of them, joined by their borders. */
export async function startBuses(ground: Ground, through?: Partial<LeafAddresses>): Promise<Buses> {
  const { home, onProgress } = ground;
  const { path, version, source } = await findNatsServer({ cacheDir: NATS_CACHE, onProgress });
  const configs = natsConfigs(ground, through);
  const servers = new Map<Jurisdiction, NatsServer>();
  const start = async (jurisdiction: Jurisdiction) => {
    const options = { binary: path, config: configs[jurisdiction], folder: join(home, 'nats', jurisdiction) };
    const logFile = join(home, 'logs', `nats-${jurisdiction}.log`);
    servers.set(jurisdiction, await startNats({ ...options, logFile, name: `nats-server (${jurisdiction})` }));
  };
  const stop = async (jurisdiction?: Jurisdiction) => {
    const chosen = JURISDICTIONS.filter((one) => jurisdiction === undefined || one === jurisdiction);
    await Promise.all(chosen.map(async (one) => servers.get(one)?.stop()));
  };
  await mkdir(join(home, 'logs'), { recursive: true });
  try {
    for (const jurisdiction of JURISDICTIONS) await start(jurisdiction);
  } catch (error) {
    await stop();
    throw error;
  }
  onProgress(`three nats-servers ${version} are ready (found: ${source})`);
  return { servers, stop, restart: (jurisdiction) => stop(jurisdiction).then(() => start(jurisdiction)) };
}
