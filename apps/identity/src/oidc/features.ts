import { randomBytes } from 'node:crypto';
import { errors, type Client, type Configuration } from 'oidc-provider';
import { isOurs, type Clients } from '../clients/clients.js';
import { libraryPages } from './pages.js';
import type { ProviderParts } from './provider.js';
import { detailsForCode, detailsForToken, validateDetail } from './rich-requests.js';

export const HOUR = 3_600;

const ACCESS_TOKEN_SECONDS = { partner: HOUR, console: HOUR / 4, administration: HOUR / 4, peer: 60, app: HOUR / 4 };

/** Whether a client is held to FAPI 2.0: everybody but an app that registered for plain OpenID Connect. */
export const isFapi = (client: Client): boolean => client['security_profile'] === 'fapi2';

const ownToken = (client: Client, token: Readonly<{ clientId?: string | undefined }>): boolean =>
  token.clientId === client.clientId;

/** A token is for one resource server (RFC 8707), signed and readable without asking us (RFC 9068). */
const resourceIndicators = (
  clients: Clients,
  more: readonly string[],
): NonNullable<Configuration['features']>['resourceIndicators'] => ({
  enabled: true,
  defaultResource: (ctx, client, oneOf) => {
    const known = clients.standing(client.clientId);
    if (oneOf) return oneOf[0] ?? '';
    const needed = ctx.oidc.params?.authorization_details ?? isOurs(known);
    const alone = ctx.oidc.params?.grant_type === 'client_credentials';
    return needed || alone ? clients.audiences(known)[0] : undefined;
  },
  useGrantedResource: () => true,
  getResourceServerInfo: (_ctx, resource, client) => {
    const known = clients.standing(client.clientId);
    const apps = known.kind === 'app' ? more : [];
    if (![...clients.audiences(known), ...apps].includes(resource)) throw new errors.InvalidTarget();
    return {
      scope: clients.resourceScope(known),
      audience: resource,
      accessTokenFormat: 'jwt',
      accessTokenTTL: ACCESS_TOKEN_SECONDS[known.kind],
      jwt: { sign: { alg: 'ES256' } },
    };
  },
});

/** What of OAuth and OpenID Connect this provider speaks. */
export function features(parts: ProviderParts): Configuration['features'] {
  const { clients, config } = parts;
  const asking = { me: config.JURISDICTION, clients, flows: parts.flows, bus: parts.bus };
  return {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    claimsParameter: { enabled: true },
    clientCredentials: { enabled: true },
    dPoP: { enabled: true },
    fapi: { enabled: true, profile: (_ctx, client) => (client && isFapi(client) ? '2.0' : undefined) },
    introspection: { enabled: true, allowedPolicy: (_ctx, client, token) => ownToken(client, token) },
    // Every client but plain apps has `require_pushed_authorization_requests` in its own metadata.
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: false },
    registration: {
      enabled: true,
      initialAccessToken: true,
      idFactory: () => `app-${randomBytes(16).toString('base64url')}`,
    },
    registrationManagement: { enabled: true, rotateRegistrationAccessToken: true },
    revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => ownToken(client, token) },
    rpInitiatedLogout: { enabled: true, ...libraryPages(parts.pages).logout },
    resourceIndicators: resourceIndicators(clients, parts.appResources ?? []),
    richAuthorizationRequests: {
      enabled: true,
      types: { 'data-request': { validate: validateDetail(asking) } },
      authorizationDetailsForGrantSource: detailsForCode,
      authorizationDetailsForAccessToken: detailsForToken(asking),
      authorizationDetailsForIntrospection: (_ctx, token) => ('rar' in token ? token.rar : undefined),
    },
  };
}
