import { Jurisdiction, JURISDICTIONS } from '@bayway/domain';
import { PublicKey } from '@bayway/envelope';
import { z } from 'zod';

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

const perJurisdiction = <T extends z.ZodType>(schema: T) =>
  z.strictObject(Object.fromEntries(JURISDICTIONS.map((j) => [j, schema])) as Record<Jurisdiction, T>);

/** A URL per jurisdiction, as JSON: `{"hk":"…","mo":"…","cn":"…"}`. */
export const UrlPerJurisdiction = json(perJurisdiction(z.url().max(200)));

/** Injection token of the service's parsed settings. */
export const CONFIG = Symbol('config');

/** Settings every service has. Names are those of the environment; a service adds its own with `.extend`. */
export const ServiceConfig = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  /** The one jurisdiction this instance belongs to. */
  JURISDICTION: Jurisdiction,
  HOST: z.string().max(100).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535),
  /** How others reach this service; also what DPoP proofs must name. */
  BASE_URL: z.url().max(200),
  /** Application role: reads and writes rows, owns nothing. */
  DATABASE_URL: z.url().max(500),
  /** Owner role: when set, pending migrations run before the start. */
  DATABASE_OWNER_URL: z.url().max(500).optional(),
  DATABASE_POOL: z.coerce.number().int().min(1).max(20).default(3),
  NATS_URL: z.url().max(200),
  NATS_USER: z.string().max(60),
  NATS_PASSWORD: z.string().min(16).max(200),
  /** Folder with this service's own private keys, each sealed under KEK. */
  KEYS_DIR: z.string().max(500),
  /** Key-encryption key: 256 bits, base64url. */
  KEK: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  /** Pinned roots of the three key directories, as JSON: `{"hk":{jwk},…}`. */
  ROOTS: json(perJurisdiction(PublicKey)),
  /** Base URLs of the three evidence services, which publish the key directories. */
  EVIDENCE_URLS: UrlPerJurisdiction,
  /** Issuer of this jurisdiction's identity service: the one that access tokens must come from. */
  ISSUER: z.url().max(200),
  /** After how many years the salts of evidence about an ended consent are destroyed; never less than seven. */
  RETENTION_YEARS: z.coerce.number().int().min(7).max(50).default(7),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
});
export type ServiceConfig = z.infer<typeof ServiceConfig>;

/** Thrown at the start for a setting that is missing or wrong. Its message names the variable, never its value. */
export class SettingError extends Error {
  constructor(readonly variables: readonly string[]) {
    super(variables.join('; '));
    this.name = 'SettingError';
  }
}

/**
 * Reads settings by a schema.
 * @throws SettingError naming each variable that is missing or wrong
 */
export function readConfig<T extends z.ZodType>(schema: T, environment: NodeJS.ProcessEnv = process.env): z.infer<T> {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  throw new SettingError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
}
