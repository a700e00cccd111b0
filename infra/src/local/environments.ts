import { dirname, join } from 'node:path';
import type { ServiceName } from '@bayway/contracts';
import type { DatabaseUrls } from '../databases.js';
import { carryToken } from './connectors.js';
import { ownerOf, type LocalKeys } from './keys.js';
import type { Derive } from './secrets.js';
import { userName } from '../nats-permissions.js';
import { nameOf, type Instance, type Topology } from './topology.js';

/** What an instance's settings are made from. */
export type Place = Readonly<{
  home: string;
  topology: Topology;
  keys: LocalKeys;
  derive: Derive;
  databases: ReadonlyMap<string, DatabaseUrls>;
}>;

/** Connections per service; all pools together stay under 80 (docs/decisions/0004). */
const POOL: Readonly<Record<ServiceName, number>> = {
  identity: 4,
  consent: 4,
  broker: 4,
  evidence: 4,
  connector: 2,
  console: 2,
};

/** The password of an instance's NATS user. */
export const busPassword = (derive: Derive, instance: Instance): string => derive(`${nameOf(instance)} nats`);

/**
 * The settings file that `npm start` writes for a jurisdiction, or for an instance of its own, under `<home>/settings`:
 * `settingsFile(home, 'hk', 'clients.json')`.
 */
export const settingsFile = (home: string, jurisdiction: string, name: string): string =>
  join(home, 'settings', jurisdiction, name);

/**
 * The whole environment of one instance, as `ServiceConfig` and the service's own schema name its settings.
 * @throws TypeError when its database has not been made
 */
export function environmentOf(place: Place, instance: Instance): Record<string, string> {
  const { topology, keys, derive } = place;
  const { jurisdiction } = instance;
  const urls = place.databases.get(nameOf(instance));
  if (!urls) throw new TypeError(`no database for ${nameOf(instance)}`);
  const { keysDir, kek } = keys.of(jurisdiction, ownerOf(instance));
  return {
    NODE_ENV: 'development',
    JURISDICTION: jurisdiction,
    HOST: '127.0.0.1',
    PORT: String(topology.portOf(instance)),
    BASE_URL: topology.urlOf(instance),
    DATABASE_URL: urls.appUrl,
    DATABASE_OWNER_URL: urls.ownerUrl,
    DATABASE_POOL: String(POOL[instance.service]),
    NATS_URL: `nats://127.0.0.1:${topology.nats[jurisdiction].port}`,
    NATS_USER: userName(instance),
    NATS_PASSWORD: busPassword(derive, instance),
    KEYS_DIR: keysDir,
    KEK: kek,
    ROOTS: JSON.stringify(keys.roots),
    EVIDENCE_URLS: JSON.stringify(topology.urlsOf('evidence')),
    ISSUER: topology.urlOf({ jurisdiction, service: 'identity' }),
    ...OWN[instance.service](place, instance),
  };
}

type Own = (place: Place, instance: Instance) => Record<string, string>;

const OWN: Readonly<Record<ServiceName, Own>> = {
  identity: ({ home, keys, topology }, { jurisdiction }) => ({
    ISSUERS: JSON.stringify(topology.urlsOf('identity')),
    CONSOLE_URLS: JSON.stringify(topology.urlsOf('console')),
    CLIENTS_FILE: settingsFile(home, jurisdiction, 'clients.json'),
    UPSTREAMS_FILE: settingsFile(home, jurisdiction, 'upstreams.json'),
    PEER_POLICY_FILE: join(dirname(keys.directoryFile(jurisdiction)), 'peers.jws'),
    ADMINISTRATORS_FILE: settingsFile(home, jurisdiction, 'administrators.json'),
  }),
  consent: ({ topology }, { jurisdiction }) => ({
    CONSOLE_URL: topology.urlOf({ jurisdiction, service: 'console' }),
    SMTP_URL: `smtp://127.0.0.1:${topology.sandbox.smtp}`,
  }),
  broker: ({ home }, { jurisdiction }) => ({
    PARTICIPANTS_FILE: settingsFile(home, jurisdiction, 'participants.json'),
    WEBHOOK_HOSTS: 'localhost',
  }),
  evidence: ({ keys }, { jurisdiction }) => ({
    DIRECTORY_FILE: keys.directoryFile(jurisdiction),
    // Sooner than in operation: somebody is looking on.
    RECONCILE_SECONDS: '20',
    RECONCILE_ALL_SECONDS: '900',
    RECONCILE_GRACE_SECONDS: '20',
  }),
  connector: ({ home, keys, derive }, { jurisdiction, address = '' }) => {
    const holder = keys.of(jurisdiction, `participant/${address}`);
    return {
      CONNECTOR_FILE: settingsFile(home, jurisdiction, `connector-${address}.yaml`),
      STAGING_DIR: join(home, 'staging', jurisdiction, address),
      HOLDER_KEYS_DIR: holder.keysDir,
      HOLDER_KEK: holder.kek,
      CARRY_TOKEN: carryToken(address, derive),
    };
  },
  console: ({ topology }, { jurisdiction }) => ({
    ISSUERS: JSON.stringify(topology.urlsOf('identity')),
    CONSOLE_URLS: JSON.stringify(topology.urlsOf('console')),
    CONSENT_URL: topology.urlOf({ jurisdiction, service: 'consent' }),
    BROKER_URL: topology.urlOf({ jurisdiction, service: 'broker' }),
    CLIENT_ID: `${jurisdiction}-console`,
    ADMINISTRATION_CLIENT_ID: `${jurisdiction}-administration`,
  }),
};
