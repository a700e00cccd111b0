import { Jurisdiction } from '@bayway/domain';
import { z } from 'zod';

const Port = z.int().min(1).max(65_535);
const Name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/);
const Subject = z
  .string()
  .max(200)
  .regex(/^[A-Za-z0-9_$*>-]+(\.[A-Za-z0-9_*>-]+)*$/);
/** Printable, without what a configuration could read as its own. A bcrypt hash (`$2a$…`) is fine. */
const Secret = z
  .string()
  .min(16)
  .max(200)
  .regex(/^[A-Za-z0-9_$./+=-]+$/);

/** Another jurisdiction: with `leafUrl` we dial its leaf listener, without it that side dials ours. */
export const NatsPeer = z.strictObject({
  jurisdiction: Jurisdiction,
  leafUrl: z
    .string()
    .max(200)
    .regex(/^nats-leaf:\/\/[A-Za-z0-9.-]+:\d{1,5}$/)
    .optional(),
  /** Shared by the two sides of this one link. */
  leafPassword: Secret,
});
export type NatsPeer = z.infer<typeof NatsPeer>;

/** A user of the service account. */
export const NatsUser = z.strictObject({
  name: Name,
  password: Secret,
  publish: z.array(Subject).max(200),
  subscribe: z.array(Subject).max(200),
});
export type NatsUser = z.infer<typeof NatsUser>;

/** Everything one jurisdiction's nats-server is configured from. */
export const NatsConfig = z.strictObject({
  jurisdiction: Jurisdiction,
  host: z
    .string()
    .max(100)
    .regex(/^[A-Za-z0-9.:-]+$/)
    .default('127.0.0.1'),
  port: Port,
  monitorPort: Port.optional(),
  leafPort: Port,
  peers: z.array(NatsPeer).max(2),
  users: z.array(NatsUser).max(100),
  /** Subjects of the contracts that cross, without `border.<to>.`. */
  borderSubjects: z.array(Subject).max(100),
});
export type NatsConfig = z.input<typeof NatsConfig>;

/** Largest message: a chunk of 512 KB and its envelope. */
export const MAX_PAYLOAD_BYTES = 1_048_576;
/** How long a link that was cut waits before it dials again. */
const RECONNECT_SECONDS = 1;
/** How long a service may take to answer what it was asked; the permission to reply ends then. */
const REPLY_TTL = '2m';

/** The account in which a jurisdiction's services talk: `HK`. */
export const serviceAccount = (jurisdiction: Jurisdiction): string => jurisdiction.toUpperCase();

/** The account of one border, the same on both sides: `BORDER_CN_HK`. One per pair: nothing passes through a third. */
export const borderAccount = (one: Jurisdiction, other: Jurisdiction): string =>
  `BORDER_${[one, other].sort().join('_').toUpperCase()}`;

/**
 * The configuration of one jurisdiction's nats-server: a service account with a user per service, and for each other
 * jurisdiction a border account that a leaf link joins with the same account there. The service account offers
 * `border.<me>.<subject>` to a border account and takes `border.<peer>.<subject>` from it, for the contracts that cross
 * and for nothing else; whatever else a peer sends stays in the border account, where nobody listens.
 * A pure function; the text is JSON, which nats-server reads, so that no value can become configuration.
 * @throws ZodError when a name, subject or password has a form that is not allowed
 */
export function natsConfig(input: NatsConfig): string {
  const config = NatsConfig.parse(input);
  const { jurisdiction, host, port, monitorPort, peers } = config;
  const options = {
    server_name: `bayway-${jurisdiction}`,
    listen: `${host}:${port}`,
    ...(monitorPort === undefined ? {} : { http: `${host}:${monitorPort}` }),
    max_payload: MAX_PAYLOAD_BYTES,
    max_connections: 200,
    write_deadline: '10s',
    accounts: {
      [serviceAccount(jurisdiction)]: services(config),
      ...Object.fromEntries(
        peers.map((peer) => [borderAccount(jurisdiction, peer.jurisdiction), border(config, peer)]),
      ),
    },
    leafnodes: leafLinks(config),
  };
  return `${JSON.stringify(options, null, 2)}\n`;
}

type Parsed = z.infer<typeof NatsConfig>;

const subjectsTo = (config: Parsed, to: Jurisdiction) =>
  config.borderSubjects.map((subject) => `border.${to}.${subject}`);

function services(config: Parsed) {
  const borders = config.peers.map((peer) => borderAccount(config.jurisdiction, peer.jurisdiction));
  return {
    users: config.users.map(({ name, password, publish, subscribe }) => ({
      user: name,
      password,
      permissions: {
        publish: only(publish),
        subscribe: only(subscribe),
        allow_responses: { max: 1, expires: REPLY_TTL },
      },
      allowed_connection_types: ['STANDARD'],
    })),
    exports: subjectsTo(config, config.jurisdiction).map((service) => ({ service, accounts: borders })),
    imports: config.peers.flatMap((peer) => {
      const account = borderAccount(config.jurisdiction, peer.jurisdiction);
      return subjectsTo(config, peer.jurisdiction).map((subject) => ({ service: { account, subject } }));
    }),
  };
}

/** An empty list of allowed subjects would allow every subject. */
const only = (subjects: readonly string[]) => (subjects.length === 0 ? { deny: ['>'] } : { allow: subjects });

function border(config: Parsed, peer: NatsPeer) {
  const account = serviceAccount(config.jurisdiction);
  return {
    exports: subjectsTo(config, peer.jurisdiction).map((service) => ({ service, accounts: [account] })),
    imports: subjectsTo(config, config.jurisdiction).map((subject) => ({ service: { account, subject } })),
  };
}

function leafLinks({ jurisdiction, host, leafPort, peers }: Parsed) {
  const accepted = peers.filter((peer) => peer.leafUrl === undefined);
  const remotes = peers.flatMap((peer) => {
    if (peer.leafUrl === undefined) return [];
    const url = peer.leafUrl.replace('://', `://${jurisdiction}:${encodeURIComponent(peer.leafPassword)}@`);
    return [{ url, account: borderAccount(jurisdiction, peer.jurisdiction) }];
  });
  const users = accepted.map((peer) => ({
    user: peer.jurisdiction,
    password: peer.leafPassword,
    account: borderAccount(jurisdiction, peer.jurisdiction),
  }));
  return {
    ...(users.length > 0 ? { listen: `${host}:${leafPort}`, authorization: { users } } : {}),
    ...(remotes.length > 0 ? { remotes, reconnect: RECONNECT_SECONDS } : {}),
  };
}
