import type { ServiceName } from '@bayway/contracts';
import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';

/**
 * Where everything of a local run listens: all on loopback, all counted from one base (4000), so that a second system
 * can run beside the first from another base. The services' ports are the fixed interface others test against:
 *
 * | port | what |
 * |---|---|
 * | base | landing page |
 * | +100 hk, +200 mo, +300 cn | +00 identity, +10 consent, +20 broker, +30 evidence, +40 console, +50 … +59 connectors |
 * | +500 | sandbox: +10 cities, +20 +21 +22 banks (hk, mo, cn), +30 mailbox (pages), +31 mailbox (SMTP), +40 pages of holders |
 * | +600, +610 | PostgreSQL of Bayway, PostgreSQL of the outside world |
 * | +620, +630 | nats-server: clients, leaf links (hk, mo, cn in this order) |
 */
export const DEFAULT_BASE = 4000;

/** One instance of a service: which, of which jurisdiction, and for a connector beside which holder. */
export type Instance = Readonly<{ jurisdiction: Jurisdiction; service: ServiceName; address?: string }>;

const SERVICE_OFFSET: Readonly<Record<ServiceName, number>> = {
  identity: 0,
  consent: 10,
  broker: 20,
  evidence: 30,
  console: 40,
  connector: 50,
};
const SANDBOX_OFFSET = {
  cities: 510,
  bank: 520,
  lotusBank: 521,
  qianwanBank: 522,
  mailbox: 530,
  smtp: 531,
  portal: 540,
} as const;

/**
 * The holders that have a connector in the local run. Those of one jurisdiction share a process, to save memory; each has
 * its own settings, keys, database and user of the bus all the same (docs/decisions/0014).
 */
export const CONNECTORS: readonly Readonly<{ jurisdiction: Jurisdiction; holder: string }>[] = [
  { jurisdiction: 'hk', holder: 'tsing-wan-bank' },
  { jurisdiction: 'mo', holder: 'lotus-bank' },
  { jurisdiction: 'mo', holder: 'praia-revenue' },
  { jurisdiction: 'cn', holder: 'pengwan-credit' },
  { jurisdiction: 'cn', holder: 'qianchao-credit' },
  { jurisdiction: 'cn', holder: 'zhuhai-registry' },
  { jurisdiction: 'cn', holder: 'baiyunwan-university' },
];

/** The partner apps of the local run, the part of the sandbox that plays each, and whose jurisdiction they belong to. */
export const PARTNERS = [
  { jurisdiction: 'hk', participant: 'tsing-wan-bank', part: 'bank' },
  { jurisdiction: 'mo', participant: 'lotus-bank', part: 'lotusBank' },
  { jurisdiction: 'cn', participant: 'qianwan-bank', part: 'qianwanBank' },
] as const satisfies readonly Readonly<{ jurisdiction: Jurisdiction; participant: string; part: SandboxPart }>[];

/** A part of the sandbox with a port of its own. */
export type SandboxPart = keyof typeof SANDBOX_OFFSET;

/** Everything that is started, and where. */
export type Topology = Readonly<{
  landing: number;
  instances: readonly Instance[];
  portOf: (instance: Instance) => number;
  /** Base address as browsers and other services use it. */
  urlOf: (instance: Instance) => string;
  /** The base addresses of one service in all three. */
  urlsOf: (service: ServiceName) => Record<Jurisdiction, string>;
  sandbox: Readonly<Record<SandboxPart, number>>;
  postgres: Readonly<{ main: number; outside: number }>;
  nats: Readonly<Record<Jurisdiction, Readonly<{ port: number; leafPort: number }>>>;
}>;

/** The name of an instance in messages, log files and the table of addresses: `hk/broker`, `cn/connector/pengwan-credit`. */
export const nameOf = ({ jurisdiction, service, address }: Instance): string =>
  [jurisdiction, service, address].filter((part) => part !== undefined).join('/');

/** The database of an instance, which is also its application role: `hk_broker`, `cn_connector_pengwan_credit`. */
export const databaseOf = (instance: Instance): string => nameOf(instance).replaceAll(/[/-]/g, '_');

/**
 * The local run's places, counted from a base.
 * @param base first port, a multiple of 10 from 1,030 to 64,000
 */
export function topology(base: number = DEFAULT_BASE): Topology {
  if (!Number.isInteger(base) || base % 10 !== 0 || base < 1_030 || base > 64_000) {
    throw new RangeError(`not a base for ports: ${base}`);
  }
  const portOf: Topology['portOf'] = ({ jurisdiction, service, address }) => {
    const beside = CONNECTORS.filter((connector) => connector.jurisdiction === jurisdiction);
    const place = Math.max(
      0,
      beside.findIndex(({ holder }) => holder === address),
    );
    return base + 100 * (JURISDICTIONS.indexOf(jurisdiction) + 1) + SERVICE_OFFSET[service] + place;
  };
  const urlOf: Topology['urlOf'] = (instance) => `http://localhost:${portOf(instance)}`;
  return {
    landing: base,
    instances: JURISDICTIONS.flatMap(instancesOf),
    portOf,
    urlOf,
    urlsOf: (service) => perJurisdiction((jurisdiction) => urlOf({ jurisdiction, service })),
    sandbox: Object.fromEntries(
      Object.entries(SANDBOX_OFFSET).map(([part, offset]) => [part, base + offset]),
    ) as Topology['sandbox'],
    postgres: { main: base + 600, outside: base + 610 },
    nats: perJurisdiction((jurisdiction) => {
      const place = JURISDICTIONS.indexOf(jurisdiction);
      return { port: base + 620 + place, leafPort: base + 630 + place };
    }),
  };
}

/** One value for each of the three. */
export const perJurisdiction = <T>(make: (jurisdiction: Jurisdiction) => T): Record<Jurisdiction, T> => ({
  hk: make('hk'),
  mo: make('mo'),
  cn: make('cn'),
});

function instancesOf(jurisdiction: Jurisdiction): Instance[] {
  const services = ['evidence', 'identity', 'consent', 'broker', 'console'] as const;
  const beside = CONNECTORS.filter((connector) => connector.jurisdiction === jurisdiction);
  return [
    ...services.map((service) => ({ jurisdiction, service })),
    ...beside.map(({ holder }) => ({ jurisdiction, service: 'connector' as const, address: holder })),
  ];
}

/** A program of the local run: an instance of a service, or the connectors of a jurisdiction. */
export type Program = Readonly<{ name: string; service: ServiceName; instances: readonly Instance[] }>;

/** What is started for the instances of a topology. */
export function programsOf({ instances }: Topology): Program[] {
  const services = instances
    .filter(({ service }) => service !== 'connector')
    .map((instance) => ({ name: nameOf(instance), service: instance.service, instances: [instance] }));
  const connectors = JURISDICTIONS.map((jurisdiction) => ({
    ...{ name: `${jurisdiction}/connectors`, service: 'connector' as const },
    instances: instances.filter(
      (instance) => instance.jurisdiction === jurisdiction && instance.service === 'connector',
    ),
  }));
  return [...services, ...connectors];
}
