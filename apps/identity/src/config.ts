import { readFileSync } from 'node:fs';
import { LocalText, ROLES } from '@bayway/contracts';
import { KeyOwner } from '@bayway/envelope';
import { AcrScheme, Place, type Jurisdiction } from '@bayway/domain';
import { ServiceConfig, SettingError, UrlPerJurisdiction } from '@bayway/service';
import { z } from 'zod';

const Path = z.string().min(1).max(500);

/** Settings of an identity service. */
export const IdentityConfig = ServiceConfig.extend({
  /** The OpenID providers of the three jurisdictions; peers are the two that are not its own. */
  ISSUERS: UrlPerJurisdiction,
  /** JSON array of `OAuthClient`. */
  CLIENTS_FILE: Path,
  /** JSON array of `CityUpstream`. */
  UPSTREAMS_FILE: Path,
  /** JSON array of `Administrator`; absent: nobody administers. */
  ADMINISTRATORS_FILE: Path.optional(),
  /** Which peers are believed, signed by the own root (`bayway peers`); absent, or no file yet: all, for all they say. */
  PEER_POLICY_FILE: Path.optional(),
  /** The residents' consoles, for links. */
  CONSOLE_URLS: UrlPerJurisdiction,
  /** Where keys, sectors and log-outs of apps may lie: `any` also in private networks and on this machine, never in production. */
  APPS_AT: z.enum(['public', 'any']).default('public'),
  /** `on`: as the OpenID conformance suite expects a provider under test. Anybody may register; never in production. */
  CONFORMANCE: z.enum(['off', 'on']).default('off'),
}).superRefine((config, context) => {
  const loosened = { APPS_AT: config.APPS_AT === 'any', CONFORMANCE: config.CONFORMANCE === 'on' };
  for (const [variable, isLoosened] of Object.entries(loosened))
    if (config.NODE_ENV === 'production' && isLoosened)
      context.addIssue({ code: 'custom', path: [variable], message: 'is not for production' });
  const own = { ISSUER: config.ISSUER, ISSUERS: config.ISSUERS[config.JURISDICTION] };
  for (const [variable, url] of Object.entries(own))
    if (url !== config.BASE_URL)
      context.addIssue({ code: 'custom', path: [variable], message: 'differs from BASE_URL' });
});
export type IdentityConfig = z.infer<typeof IdentityConfig>;

/** A partner app, or a console, that signs people in here. Its keys stand in the key directory (`client` use). */
export const OAuthClient = z.strictObject({
  client_id: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  key_owner: KeyOwner,
  /** All on one host: a pairwise subject is for one sector (OpenID Connect Core 1.0 section 8.1). */
  redirect_uris: z
    .array(z.url().max(300))
    .min(1)
    .max(20)
    .refine((uris) => new Set(uris.map((uri) => new URL(uri).host)).size === 1, 'redirect URIs are on several hosts'),
  post_logout_redirect_uris: z.array(z.url().max(300)).max(20).optional(),
  /** What level it wants when a request names none: ours (`urn:bayway:loa:1` to `4`). */
  default_acr_values: z
    .array(z.string().regex(/^urn:bayway:loa:[1-4]$/))
    .min(1)
    .max(4)
    .optional(),
  name: LocalText,
  /** `administration`: the administrators' console; its tokens name the roles of whoever signs in. */
  kind: z.enum(['partner', 'console', 'administration']),
});
export type OAuthClient = z.infer<typeof OAuthClient>;

/** A city of this jurisdiction (or another Mainland city) whose identity provider we send people to. */
export const CityUpstream = z.strictObject({
  slug: z.string().regex(/^[a-z][a-z-]{2,39}$/),
  place: Place,
  issuer: z.url().max(300),
  client_id: z.string().min(1).max(200),
  acr_scheme: AcrScheme,
  /** How it is spoken to: as an OpenID provider, like iAM Smart, or by tickets like Guangdong's platform. */
  style: z.enum(['oidc', 'iam-smart', 'ticket']).default('oidc'),
});
export type CityUpstream = z.infer<typeof CityUpstream>;

/** Somebody with a role, by the account at a city's identity provider that she signs in with. */
export const Administrator = z.strictObject({
  issuer: z.url().max(300),
  sub: z.string().min(1).max(255),
  roles: z.array(z.enum(ROLES)).min(1).max(ROLES.length),
});
export type Administrator = z.infer<typeof Administrator>;

const unique = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

const Clients = z
  .array(OAuthClient)
  .max(500)
  .refine((clients) => unique(clients.map((c) => c.client_id)), 'a client_id stands twice')
  .refine((clients) => clients.every((c) => !/^(op|app)-/.test(c.client_id)), 'op- and app- are for peers and apps');
const Upstreams = z
  .array(CityUpstream)
  .min(1)
  .max(100)
  .refine((cities) => unique(cities.map((c) => c.slug)), 'a slug stands twice');

/** @throws SettingError naming the variable, and what is wrong in its file */
function readList<T extends z.ZodType>(variable: string, file: string, schema: T): z.infer<T> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new SettingError([`${variable}: file cannot be read as JSON`]);
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new SettingError(parsed.error.issues.map((i) => `${variable}: ${i.path.join('.')} ${i.message}`));
}

export const readClients = (file: string): OAuthClient[] => readList('CLIENTS_FILE', file, Clients);
export const readAdministrators = (file: string): Administrator[] =>
  readList('ADMINISTRATORS_FILE', file, z.array(Administrator).max(1_000));
export const readUpstreams = (file: string): CityUpstream[] => readList('UPSTREAMS_FILE', file, Upstreams);

/** Cookie names carry jurisdiction and service: cookies do not separate by port. */
export const cookieName = (jurisdiction: Jurisdiction, name: string): string => `${jurisdiction}_identity_${name}`;
