/** The evidence services of all three jurisdictions and what they stand on, without the rest of the system. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  at,
  busPassword,
  environmentOf,
  freeBase,
  localKeys,
  localSecrets,
  makeDatabases,
  nameOf,
  PARTICIPANTS,
  startBuses,
  startCluster,
  Supervisor,
  temporaryHome,
  topology,
  userName,
  WORKSPACE,
} from '@bayway/infra';

/** Intervals of operation, where the local run has shorter ones for onlookers. */
const OPERATION = { NODE_ENV: 'production', RECONCILE_SECONDS: '300', RECONCILE_GRACE_SECONDS: '120' };

/**
 * Starts the three services, each a process of its own, on one PostgreSQL and three joined nats-servers.
 * @returns what a load on Hong Kong's log needs, and `stop`, which leaves nothing behind
 */
export async function startThreeLogs({ base, say }) {
  const home = await temporaryHome('bayway-logs-');
  const undo = [() => rm(home, { recursive: true, force: true })];
  const stop = async () => {
    for (let last = undo.pop(); last !== undefined; last = undo.pop()) await last();
  };
  try {
    const places = topology(base ?? (await freeBase()));
    const ground = { home, topology: places, derive: await localSecrets(home), onProgress: say };
    const postgres = await startCluster(ground, 'main');
    undo.push(postgres.stop);
    const services = places.instances.filter(({ service }) => service === 'evidence');
    const databases = await makeDatabases(
      { ...ground, topology: { ...places, instances: services } },
      postgres.adminUrl,
    );
    const keys = await localKeys(home, ground.derive, { instances: places.instances, participants: PARTICIPANTS });
    const buses = await startBuses(ground);
    undo.push(() => buses.stop());
    const programs = new Supervisor(({ name, how }) => say(`! ${name} ended: ${how}`));
    undo.push(() => programs.stop());
    const place = { ...ground, keys, databases };
    await programs.start(services.map(specOf(place)));
    const broker = places.instances.find((one) => one.jurisdiction === 'hk' && one.service === 'broker');
    return {
      bus: {
        servers: `127.0.0.1:${places.nats.hk.port}`,
        user: userName(broker),
        pass: busPassword(ground.derive, broker),
        inboxPrefix: `_INBOX.${userName(broker)}`,
      },
      url: places.urlOf({ jurisdiction: 'hk', service: 'evidence' }),
      database: at(postgres.adminUrl, 'hk_evidence'),
      processes: { ...Object.fromEntries(programs.pids()), postgres: postgres.pid },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const specOf = (place) => (instance) => ({
  name: nameOf(instance),
  env: { ...environmentOf(place, instance), ...OPERATION },
  args: ['--max-semi-space-size=2', join(WORKSPACE, 'apps', 'evidence', 'dist', 'main.js')],
  logFile: join(place.home, 'logs', `${nameOf(instance).replaceAll('/', '-')}.log`),
  readyUrl: `${place.topology.urlOf(instance)}/health/ready`,
});
