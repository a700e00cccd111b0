import { acrOf, LANGUAGES } from '@bayway/domain';
import type { IdentityConfig } from '../config.js';
import { cookieName } from '../config.js';
import type { Bus, Keys } from '@bayway/service';
import Provider, { errors, type Configuration, type JWK } from 'oidc-provider';
import type { DataSource } from 'typeorm';
import type { Administrators } from '../administrators/administrators.js';
import { isOurs, type Clients } from '../clients/clients.js';
import type { Flows } from '../flows/flows.service.js';
import type { Links } from '../linking/links.service.js';
import type { PageContext } from '../pages/page-context.js';
import type { Residents } from '../residents/residents.service.js';
import type { Secrets } from '../secrets.js';
import { accountsFrom } from './accounts.js';
import { artifactAdapter } from './adapter.js';
import { claimsByScope, extraClaims, nameByHandle, pairwiseIdentifier } from './claims.js';
import { loadGrant, lifeSeconds } from './grants.js';
import { policyOf } from './policy.js';
import { libraryPages } from './pages.js';
import { detailsForCode, detailsForToken, concludePush, validateDetail } from './rich-requests.js';

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
}>;

const HOUR = 3_600;

/** An importer's interaction must outlive the exporter's, which happens inside it. */
const PEER_INTERACTION_SECONDS = HOUR / 2;

/**
 * Own keys for ID and access tokens, the one that signs first. Others are published while the key directory lists them: older
 * ones until they end, one that waits ahead of its time, for clients keep the set for a while.
 */
function signingKeys(keys: Keys): JWK[] {
  const current = keys.own('oidc');
  const listed = ({ kid }: { kid: string }): boolean =>
    ['current', 'future'].includes(keys.current().stateOf(kid, new Date()) ?? '');
  const others = keys.ownAll('oidc').filter((key) => key.kid !== current.kid && listed(key));
  return [current, ...others].map(({ jwk, kid }) => ({ ...jwk, kid, use: 'sig', alg: 'ES256' }));
}

const features = (parts: ProviderParts): Configuration['features'] => {
  const { clients, config } = parts;
  const asking = { me: config.JURISDICTION, clients, flows: parts.flows, bus: parts.bus };
  return {
    devInteractions: { enabled: false },
    claimsParameter: { enabled: true },
    dPoP: { enabled: true },
    fapi: { enabled: true, profile: '2.0' },
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
    revocation: { enabled: true },
    rpInitiatedLogout: { enabled: true, ...libraryPages(parts.pages).logout },
    resourceIndicators: {
      enabled: true,
      defaultResource: (ctx, client, oneOf) => {
        const known = clients.find(client.clientId);
        if (oneOf) return oneOf[0] ?? '';
        const needed = ctx.oidc.params?.authorization_details ?? (known && isOurs(known));
        return known && needed ? clients.audiences(known)[0] : undefined;
      },
      useGrantedResource: () => true,
      getResourceServerInfo: (_ctx, resource, client) => {
        const known = clients.find(client.clientId);
        if (!known || !clients.audiences(known).includes(resource)) throw new errors.InvalidTarget();
        return {
          scope: clients.resourceScope(known),
          audience: resource,
          accessTokenFormat: 'jwt',
          accessTokenTTL: { partner: HOUR, console: HOUR / 4, administration: HOUR / 4, peer: 60 }[known.kind],
          jwt: { sign: { alg: 'ES256' } },
        };
      },
    },
    richAuthorizationRequests: {
      enabled: true,
      types: { 'data-request': { validate: validateDetail(asking) } },
      authorizationDetailsForGrantSource: detailsForCode,
      authorizationDetailsForAccessToken: detailsForToken(asking),
    },
  };
};

const lifetimes = (clients: Clients): Configuration['ttl'] => ({
  AccessToken: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? 300,
  AuthorizationCode: 60,
  IdToken: 300,
  Interaction: (_ctx, interaction) =>
    clients.find(String(interaction.params.client_id))?.peer ? PEER_INTERACTION_SECONDS : HOUR,
  Session: 8 * HOUR,
  Grant: (_ctx, grant) => lifeSeconds(grant.rar, 14 * 24 * HOUR),
  RefreshToken: (_ctx, token) => lifeSeconds(token.rar, 8 * HOUR),
});

function configuration(parts: ProviderParts, jwks: { keys: JWK[] }): Configuration {
  const { config, clients, secrets } = parts;
  const cookie = (name: string): string => cookieName(config.JURISDICTION, name);
  return {
    adapter: artifactAdapter(parts.db, clients.metadata),
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
    loadExistingGrant: loadGrant(clients),
    extraTokenClaims: extraClaims(clients, parts.administrators),
    formats: { customizers: { jwt: nameByHandle } },
    clientBasedCORS: () => false,
    clientAuthMethods: ['private_key_jwt'],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    enabledJWA: {
      idTokenSigningAlgValues: ['ES256'],
      clientAuthSigningAlgValues: ['ES256'],
      dPoPSigningAlgValues: ['ES256'],
    },
    responseTypes: ['code'],
    pkce: { required: () => true },
    // A consent outlives the sign-in in which it was given; a console's tokens do not.
    expiresWithSession: (ctx) => !ctx.oidc.params?.authorization_details,
    issueRefreshToken: (_ctx, client, source) =>
      client.grantTypeAllowed('refresh_token') && (source.rar !== undefined || client.subjectType === 'public'),
    rotateRefreshToken: false,
    ttl: lifetimes(clients),
    discovery: { ui_locales_supported: [...LANGUAGES] },
    interactions: {
      policy: policyOf({ me: config.JURISDICTION, ...parts }),
      url: (_ctx, { uid }) => `/interaction/${uid}`,
    },
    renderError: libraryPages(parts.pages).error,
    features: features(parts),
    // No client metadata holds an address that the library would fetch: keys come from the key directory.
    fetch: () => Promise.reject(new errors.InvalidClientMetadata('nothing is fetched for clients')),
  };
}

/** The OpenID provider as of now. Ask again for each use. */
export type CurrentProvider = () => Provider;

/** The OpenID provider of a jurisdiction. The library takes its keys once, so another set of keys is another provider; all it knows is in the database. */
export function currentProvider(parts: ProviderParts): CurrentProvider {
  let [made, madeOf]: [Provider | undefined, string] = [undefined, ''];
  return () => {
    const keys = signingKeys(parts.keys);
    const kids = keys.map(({ kid }) => kid).join();
    if (!made || kids !== madeOf) [made, madeOf] = [makeProvider(parts, keys), kids];
    return made;
  };
}

function makeProvider(parts: ProviderParts, keys: JWK[]): Provider {
  const provider = new Provider(parts.config.ISSUER, configuration(parts, { keys }));
  provider.proxy = true;
  provider.use(concludePush(parts.flows) as Parameters<Provider['use']>[0]);
  return provider;
}
