import { acrOf, LANGUAGES } from '@bayway/domain';
import type { IdentityConfig } from '../config.js';
import { cookieName } from '../config.js';
import type { Bus, Keys } from '@bayway/service';
import Provider, { type Client, type Configuration, type JWK, type KoaContextWithOIDC } from 'oidc-provider';
import type { DataSource } from 'typeorm';
import type { Administrators } from '../administrators/administrators.js';
import type { Clients } from '../clients/clients.js';
import type { Flows } from '../flows/flows.service.js';
import type { Links } from '../linking/links.service.js';
import type { PageContext } from '../pages/page-context.js';
import type { Residents } from '../residents/residents.service.js';
import type { Secrets } from '../secrets.js';
import type { SignIns } from '../sessions/sign-ins.service.js';
import { extraMetadata } from './app-metadata.js';
import { accountsFrom } from './accounts.js';
import { artifactAdapter } from './adapter.js';
import { followKeys } from './client-keys.js';
import { claimsByScope, extraClaims, nameByHandle, pairwiseIdentifier } from './claims.js';
import { features, HOUR, isFapi } from './features.js';
import { loadGrant, lifeSeconds } from './grants.js';
import { policyOf } from './policy.js';
import { fetchFor } from './outgoing.js';
import { libraryPages } from './pages.js';
import { concludePush } from './rich-requests.js';
import type { SigningKeys } from './signing-keys.js';

/** What the provider is made of. */
export type ProviderParts = Readonly<{
  config: IdentityConfig;
  keys: Keys;
  bus: Bus;
  db: DataSource;
  secrets: Secrets;
  clients: Clients;
  flows: Flows;
  links: Links;
  residents: Residents;
  administrators: Administrators;
  pages: PageContext;
  signingKeys: SigningKeys;
  signIns: SignIns;
}>;

/** An importer's interaction must outlive the exporter's, which happens inside it. */
const PEER_INTERACTION_SECONDS = HOUR / 2;

/**
 * Own ES256 keys for ID and access tokens, the one that signs first. Others are published while the key directory lists them: older
 * ones until they end, one that waits ahead of its time, for clients keep the set for a while.
 */
function directoryKeys(keys: Keys): JWK[] {
  const current = keys.own('oidc');
  const listed = ({ kid }: { kid: string }): boolean =>
    ['current', 'future'].includes(keys.current().stateOf(kid, new Date()) ?? '');
  const others = keys.ownAll('oidc').filter((key) => key.kid !== current.kid && listed(key));
  return [current, ...others].map(({ jwk, kid }) => ({ ...jwk, kid, use: 'sig', alg: 'ES256' }));
}

const lifetimes = (clients: Clients): Configuration['ttl'] => ({
  AccessToken: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? 300,
  AuthorizationCode: 60,
  IdToken: 300,
  Interaction: (_ctx, interaction) =>
    clients.standing(String(interaction.params.client_id)).peer ? PEER_INTERACTION_SECONDS : HOUR,
  Session: 8 * HOUR,
  Grant: (_ctx, grant) => lifeSeconds(grant.rar, 14 * 24 * HOUR),
  RefreshToken: (_ctx, token) => lifeSeconds(token.rar, 8 * HOUR),
});

function configuration(parts: ProviderParts, jwks: { keys: JWK[] }): Configuration {
  const { config, clients, secrets } = parts;
  const isApp = (id: string | undefined): boolean => clients.standing(id ?? '').kind === 'app';
  const cookie = (name: string): string => cookieName(config.JURISDICTION, name);
  return {
    adapter: artifactAdapter(parts.db, clients),
    jwks,
    cookies: {
      keys: [secrets.cookieKey()],
      names: { session: cookie('session'), interaction: cookie('interaction'), resume: cookie('resume') },
      long: { httpOnly: true, sameSite: 'lax', signed: true },
      short: { httpOnly: true, sameSite: 'lax', signed: true },
    },
    acrValues: [1, 2, 3, 4].map(acrOf),
    scopes: ['openid', 'offline_access', 'profile'],
    claims: claimsByScope,
    conformIdTokenClaims: false,
    subjectTypes: ['public', 'pairwise'],
    pairwiseIdentifier: pairwiseIdentifier(secrets, clients),
    findAccount: accountsFrom(parts.residents),
    loadExistingGrant: loadGrant(clients, parts.signIns),
    extraClientMetadata: extraMetadata((id) => clients.standing(id).kind === 'app'),
    extraTokenClaims: extraClaims(clients, parts.administrators),
    formats: { customizers: { jwt: nameByHandle } },
    // A page in a browser may call for its own client, from where its codes go.
    clientBasedCORS: (_ctx, origin, client) =>
      client.redirectUris?.some((uri) => URL.parse(uri)?.origin === origin) ?? false,
    clientAuthMethods: ['private_key_jwt', 'client_secret_basic', 'client_secret_post', 'none'],
    enabledJWA: {
      idTokenSigningAlgValues: ['ES256', 'RS256'],
      userinfoSigningAlgValues: ['ES256', 'RS256'],
      clientAuthSigningAlgValues: ['ES256', 'PS256', 'RS256', 'EdDSA', 'Ed25519'],
      dPoPSigningAlgValues: ['ES256', 'PS256', 'EdDSA', 'Ed25519'],
    },
    responseTypes: ['code'],
    allowOmittingSingleRegisteredRedirectUri: false,
    pkce: { required: pkceRequired(config.CONFORMANCE === 'on') },
    // A consent outlives the sign-in in which it was given; a console's tokens do not.
    expiresWithSession: (ctx, source) =>
      !ctx.oidc.params?.authorization_details && !(isApp(source.clientId) && source.scopes.has('offline_access')),
    issueRefreshToken: (_ctx, client, source) =>
      client.grantTypeAllowed('refresh_token') &&
      (source.rar !== undefined || isApp(client.clientId) || client.subjectType === 'public'),
    rotateRefreshToken: (ctx) => ctx.oidc.client !== undefined && !isFapi(ctx.oidc.client),
    ttl: lifetimes(clients),
    discovery: { ui_locales_supported: [...LANGUAGES] },
    interactions: {
      policy: policyOf({ me: config.JURISDICTION, ...parts }),
      url: (_ctx, { uid }) => `/interaction/${uid}`,
    },
    renderError: libraryPages(parts.pages).error,
    features: features(parts),
    fetch: fetchFor(config),
  };
}

/**
 * A code must be bound to whoever asked for it: by PKCE, or by the nonce where the client keeps a secret and would have
 * been asked for nothing else by OpenID Connect (RFC 9700 section 2.1.1).
 */
const pkceRequired =
  (isConformance: boolean) =>
  (ctx: KoaContextWithOIDC, client: Client): boolean => {
    if (isFapi(client) || client.clientAuthMethod === 'none') return true;
    // The suite has modules without PKCE and nonce, which OpenID Connect 1.0 allows.
    return !isConformance && ctx.oidc.params?.nonce === undefined;
  };

/** The OpenID provider as of now. Ask again for each use. */
export type CurrentProvider = () => Provider;

/** A key is published and signs from whole seconds on; the set is put together no more often. */
const KEYS_KEPT_MS = 500;

/** The OpenID provider of a jurisdiction. The library takes its keys once, so another set of keys is another provider; all it knows is in the database. */
export function currentProvider(parts: ProviderParts): CurrentProvider {
  let [made, madeOf, madeAt]: [Provider | undefined, string, number] = [undefined, '', 0];
  return () => {
    if (made && Date.now() - madeAt < KEYS_KEPT_MS) return made;
    madeAt = Date.now();
    const keys = [...directoryKeys(parts.keys), ...parts.signingKeys.published(new Date())];
    const kids = keys.map(({ kid }) => kid).join();
    if (!made || kids !== madeOf) [made, madeOf] = [makeProvider(parts, keys), kids];
    return made;
  };
}

function makeProvider(parts: ProviderParts, keys: JWK[]): Provider {
  const provider = new Provider(parts.config.ISSUER, configuration(parts, { keys }));
  provider.proxy = true;
  followKeys(provider, (id) => parts.clients.keysAgain(id));
  provider.use(concludePush(parts.flows) as Parameters<Provider['use']>[0]);
  return provider;
}
