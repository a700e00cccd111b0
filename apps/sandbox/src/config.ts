import { z } from 'zod';
import { ServiceLink } from './landing/links.js';

/** JSON in a variable. */
const json = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .max(20_000)
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);

/** JSON in a variable: an object with a member per jurisdiction. */
const perJurisdiction = <T extends z.ZodType>(schema: T) =>
  json(z.strictObject({ hk: schema, mo: schema, cn: schema }));

const Port = z.coerce.number().int().min(0).max(65_535);
const Text = z.string().min(1).max(500);

/** A partner app: where it listens, whom it talks to, and its own private keys (`client`, `sig`, `enc`), sealed under its KEK. */
const Partner = z.strictObject({
  /** Its name as a participant; also its OAuth client id. */
  participant: z.string().max(40),
  port: Port,
  /** How browsers reach it. */
  url: z.url().max(200),
  /** The OpenID provider and the broker of its jurisdiction, and the audience of requests to that broker. */
  issuer: z.url().max(200),
  broker: z.url().max(200),
  audience: z.string().max(100),
  keysDir: Text,
  /** 256 bits, base64url. */
  kek: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});
export type Partner = z.infer<typeof Partner>;

/** A holder with pages of its own (`PortalHolder`); its keys as those of a partner. */
const Portal = z.strictObject({
  participant: z.string().max(40),
  name: Text,
  dataset: z.string().max(40),
  cities: z.array(z.string().max(40)).min(1).max(20),
  connector: z.url().max(200),
  token: z.string().min(32).max(200),
  keysDir: Text,
  kek: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});

/** Settings of the sandbox; names are those of the environment. */
export const SandboxConfig = z.object({
  HOST: z.string().max(100).default('127.0.0.1'),
  /**
   * The landing page listens on -500, cities on +10, the mailbox on +30 (HTTP) and +31 (SMTP), the holders' own pages on
   * +40, unless a port of their own is set.
   */
  PORT_BASE: Port.min(500).max(65_000).default(4500),
  LANDING_PORT: Port.optional(),
  CITIES_PORT: Port.optional(),
  MAILBOX_PORT: Port.optional(),
  SMTP_PORT: Port.optional(),
  PORTAL_PORT: Port.optional(),
  /** How browsers and identity services reach the cities; the issuers are made from it. */
  CITIES_URL: z.url().max(200).optional(),
  /** How browsers reach the mailbox. */
  MAILBOX_URL: z.url().max(200).optional(),
  /** JSON array of the services of Bayway that the landing page leads to (`ServiceLink`). */
  LANDING_LINKS: json(z.array(ServiceLink).max(100)).default([]),
  /** From which the cities' signing keys and cookie keys follow: the same secret, the same keys. */
  SANDBOX_SECRET: z.string().min(32).max(200),
  /** JSON array of the identity services that may send people to the cities (`CityClient`). */
  CITY_CLIENTS_FILE: Text,
  /** Administrator of the outside world's own PostgreSQL cluster. */
  OUTSIDE_DATABASE_URL: z.url().max(500),
  /** JSON: by participant id, the database of each holder and the login with which its connector reads. */
  HOLDERS: json(
    z.record(
      z.string().max(40),
      z.strictObject({
        database: z.string().regex(/^[a-z][a-z0-9_]{0,40}$/),
        user: z.string().regex(/^[a-z][a-z0-9_]{0,50}$/),
        password: z.string().min(16).max(200),
      }),
    ),
  ),
  /** How browsers reach the pages of the holders, and JSON array of those that have some. */
  PORTAL_URL: z.url().max(200).optional(),
  PORTALS: json(z.array(Portal).max(20)).default([]),
  /** JSON array of the partner apps (`Partner`). */
  PARTNERS: json(z.array(Partner).min(1).max(10)),
  /** Roots of the three key directories as the partners and the cities pinned them, and where the directories are published. */
  ROOTS: perJurisdiction(z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: Text, y: Text })),
  EVIDENCE_URLS: perJurisdiction(z.url().max(200)),
  /** The day on which histories end when the holders' databases are made; today without it. */
  AS_OF: z.iso.date().optional(),
});
type Read = z.infer<typeof SandboxConfig>;

/** Thrown for settings that are missing or wrong; its message names the variables, never their values. */
export class SettingError extends Error {}

/** The settings with every port and address filled in. */
export type Settings = Readonly<ReturnType<typeof complete>>;

const local = (port: number): string => `http://localhost:${port}`;

function complete(read: Read) {
  const { PORT_BASE: base } = read;
  const { LANDING_PORT = base - 500, CITIES_PORT = base + 10, MAILBOX_PORT = base + 30, SMTP_PORT = base + 31 } = read;
  const { PORTAL_PORT = base + 40 } = read;
  const { CITIES_URL = local(CITIES_PORT), MAILBOX_URL = local(MAILBOX_PORT), PORTAL_URL = local(PORTAL_PORT) } = read;
  const ports = { LANDING_PORT, CITIES_PORT, MAILBOX_PORT, SMTP_PORT, PORTAL_PORT };
  return { ...read, ...ports, CITIES_URL, MAILBOX_URL, PORTAL_URL, AS_OF: read.AS_OF ?? bayDay(new Date()) };
}

/** The calendar day in the Bay (+08:00). */
const bayDay = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

/** @throws SettingError */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const parsed = SandboxConfig.safeParse(environment);
  if (parsed.success) return complete(parsed.data);
  throw new SettingError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
}
