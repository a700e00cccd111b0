import { randomBytes } from 'node:crypto';
import { errors, type Client, type Configuration } from 'oidc-provider';
import { isOurs } from '../clients/clients.js';
import type { IdentityConfig } from '../config.js';
import { libraryPages } from './pages.js';
import type { ProviderParts } from './provider.js';
import { detailsForCode, detailsForToken, validateDetail } from './rich-requests.js';

export const HOUR = 3_600;

const ACCESS_TOKEN_SECONDS = { partner: HOUR, console: HOUR / 4, administration: HOUR / 4, peer: 60, app: HOUR / 4 };

/** Whether a client is held to FAPI 2.0: everybody but an app that registered for plain OpenID Connect. */
export const isFapi = (client: Client): boolean => client['security_profile'] === 'fapi2';

const ownToken = (client: Client, token: Readonly<{ clientId?: string | undefined }>): boolean =>
  token.clientId === client.clientId;

/** The resource of conformance runs: it stands beside the provider, for clients under FAPI 2.0. */
const testResource = ({ CONFORMANCE, ISSUER }: IdentityConfig): string | null =>
  CONFORMANCE === 'on' ? `${ISSUER}/resource` : null;

/** A token is for one resource server (RFC 8707), signed and readable without asking us (RFC 9068). */
const resourceIndicators = ({
  clients,
  config,
}: ProviderParts): NonNullable<Configuration['features']>['resourceIndicators'] => ({
  enabled: true,
  defaultResource: (ctx, client, oneOf) => {
    if (oneOf) return oneOf[0] ?? '';
    const known = clients.standing(client.clientId);
    const test = known.kind === 'app' && isFapi(client) ? testResource(config) : null;
    const { authorization_details, grant_type } = ctx.oidc.params ?? {};
    const needed = authorization_details !== undefined || isOurs(known) || grant_type === 'client_credentials';
    return test ?? (needed ? clients.audiences(known)[0] : undefined);
  },
  useGrantedResource: () => true,
  getResourceServerInfo: (_ctx, resource, client) => {
    const known = clients.standing(client.clientId);
    const isTest = known.kind === 'app' && resource === testResource(config);
    if (!isTest && !clients.audiences(known).includes(resource)) throw new errors.InvalidTarget();
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
    jwtUserinfo: { enabled: true },
    introspection: { enabled: true, allowedPolicy: (_ctx, client, token) => ownToken(client, token) },
    // Every client but plain apps has `require_pushed_authorization_requests` in its own metadata.
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: false },
    registration: {
      enabled: true,
      initialAccessToken: config.CONFORMANCE === 'off',
      idFactory: () => `app-${randomBytes(16).toString('base64url')}`,
    },
    registrationManagement: { enabled: true, rotateRegistrationAccessToken: true },
    revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => ownToken(client, token) },
    rpInitiatedLogout: { enabled: true, ...libraryPages(parts.pages).logout },
    resourceIndicators: resourceIndicators(parts),
    richAuthorizationRequests: {
      enabled: true,
      types: { 'data-request': { validate: validateDetail(asking) } },
      authorizationDetailsForGrantSource: detailsForCode,
      authorizationDetailsForAccessToken: detailsForToken(asking),
      authorizationDetailsForIntrospection: (_ctx, token) => ('rar' in token ? token.rar : undefined),
    },
  };
}
