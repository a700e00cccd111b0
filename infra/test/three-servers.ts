import { contracts } from '@bayway/contracts';
import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNatsServer } from '../src/nats-binary.js';
import { natsConfig, type NatsConfig } from '../src/nats-config.js';
import { leafPeers } from '../src/nats-links.js';
import { borderSubjects, permissionsFromContracts, userName, type BusMember } from '../src/nats-permissions.js';
import { startNats, type NatsServer } from '../src/nats-server.js';
import { NATS_CACHE } from '../src/paths.js';
import { freePort } from '../src/ports.js';

export const PASSWORD = 'a-password-of-the-spec';
const MEMBERS: BusMember[] = [
  { service: 'identity' },
  { service: 'consent' },
  { service: 'broker' },
  { service: 'connector', address: 'bayrate' },
  { service: 'connector', address: 'other' },
  { service: 'evidence' },
  { service: 'console' },
];

/** The three jurisdictions' servers as the running system has them, and in each a `probe` that may do everything in its account. */
export class ThreeServers {
  private readonly running = new Map<Jurisdiction, NatsServer>();
  private readonly open: NatsConnection[] = [];
  private constructor(
    private readonly binary: string,
    readonly folder: string,
    readonly configs: Record<Jurisdiction, NatsConfig>,
  ) {}

  static async start(): Promise<ThreeServers> {
    const { path } = await findNatsServer({ cacheDir: NATS_CACHE });
    const folder = await mkdtemp(join(tmpdir(), 'bayway-spec-'));
    const servers = new ThreeServers(path, folder, await configurations());
    await Promise.all(JURISDICTIONS.map((jurisdiction) => servers.up(jurisdiction)));
    return servers;
  }

  async up(jurisdiction: Jurisdiction, config = natsConfig(this.configs[jurisdiction])): Promise<void> {
    const folder = join(this.folder, jurisdiction);
    const options = { binary: this.binary, config, folder, logFile: `${folder}.log`, name: jurisdiction };
    this.running.set(jurisdiction, await startNats(options));
  }

  async down(jurisdiction: Jurisdiction): Promise<void> {
    await this.running.get(jurisdiction)?.stop();
  }

  log(jurisdiction: Jurisdiction): Promise<string> {
    return readFile(join(this.folder, `${jurisdiction}.log`), 'utf8');
  }

  /** A connection as a service has it: its own user, its own inbox. */
  async as(jurisdiction: Jurisdiction, user: string): Promise<NatsConnection> {
    const connection = await connect({
      servers: `127.0.0.1:${this.configs[jurisdiction].port}`,
      user,
      pass: PASSWORD,
      inboxPrefix: `_INBOX.${user}`,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 50,
    });
    this.open.push(connection);
    return connection;
  }

  async stop(): Promise<void> {
    await Promise.all(this.open.map((connection) => connection.close()));
    await Promise.all(JURISDICTIONS.map((jurisdiction) => this.down(jurisdiction)));
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function configurations(): Promise<Record<Jurisdiction, NatsConfig>> {
  const ports = new Map<Jurisdiction, { port: number; leafPort: number }>();
  for (const jurisdiction of JURISDICTIONS)
    ports.set(jurisdiction, { port: await freePort(), leafPort: await freePort() });
  const leafUrl = (of: Jurisdiction) => `nats-leaf://127.0.0.1:${ports.get(of)?.leafPort}`;
  const urls = { hk: leafUrl('hk'), mo: leafUrl('mo'), cn: leafUrl('cn') };
  const configOf = (jurisdiction: Jurisdiction): NatsConfig => ({
    jurisdiction,
    ...(ports.get(jurisdiction) as { port: number; leafPort: number }),
    peers: leafPeers(jurisdiction, urls, (account) => `${account}-leaf-password`),
    users: [
      ...MEMBERS.map((member) => ({
        name: userName(member),
        password: PASSWORD,
        ...mutable(permissionsFromContracts(contracts, jurisdiction, member)),
      })),
      { name: 'probe', password: PASSWORD, publish: ['>'], subscribe: ['>'] },
    ],
    borderSubjects: borderSubjects(contracts),
  });
  return { hk: configOf('hk'), mo: configOf('mo'), cn: configOf('cn') };
}

const mutable = ({ publish, subscribe }: { publish: readonly string[]; subscribe: readonly string[] }) => ({
  publish: [...publish],
  subscribe: [...subscribe],
});
