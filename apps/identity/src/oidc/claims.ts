import { EnrichedDetail, levelOfAcr } from '@bayway/domain';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { Administrators } from '../administrators/administrators.js';
import type { Clients } from '../clients/clients.js';
import type { Secrets } from '../secrets.js';
import { pairwise } from './pairwise.js';

export const claimsByScope: NonNullable<Configuration['claims']> = {
  openid: ['sub', 'authorization_details'],
  profile: ['name', 'name_latin'],
  acr: null,
  auth_time: null,
  iss: null,
  sid: null,
};

const enrichedIn = (rar: readonly unknown[] | undefined): EnrichedDetail | null => {
  const parsed = rar?.[0] ? EnrichedDetail.safeParse(rar[0]) : null;
  return parsed?.success ? parsed.data : null;
};

/**
 * The `sub` of a pairwise client. Towards a peer that asked for a record it is the handle of that request, so that no
 * lasting name of her crosses the border with it.
 */
export const pairwiseIdentifier =
  (secrets: Secrets, clients: Clients): NonNullable<Configuration['pairwiseIdentifier']> =>
  (ctx, accountId, client) => {
    const { Grant, AuthorizationCode } = (ctx as KoaContextWithOIDC | undefined)?.oidc.entities ?? {};
    const detail = clients.standing(client.clientId).peer ? enrichedIn(AuthorizationCode?.rar && Grant?.rar) : null;
    if (detail) return Promise.resolve(detail.subject_handle);
    const { kind } = clients.standing(client.clientId);
    const sector = kind === 'app' ? `sector ${String(client.sectorIdentifier)}` : client.clientId;
    return Promise.resolve(pairwise(secrets, accountId, sector));
  };

/** Access tokens say how sure we are of her, and those for the administrators' console what she may do. */
export const extraClaims =
  (clients: Clients, administrators: Administrators): NonNullable<Configuration['extraTokenClaims']> =>
  async (ctx, token) => {
    const { AuthorizationCode, RefreshToken } = ctx.oidc.entities;
    const acr = AuthorizationCode?.acr ?? RefreshToken?.acr;
    const known = 'accountId' in token && clients.standing(String(token.clientId)).kind === 'administration';
    const roles = known ? await administrators.rolesOf(token.accountId, levelOfAcr(acr) ?? 1) : [];
    return { ...(acr ? { acr } : {}), ...(known ? { roles } : {}) };
  };

/** An access token for a record names her by the handle of the request, never by what the partner knows her by. */
export const nameByHandle: NonNullable<NonNullable<NonNullable<Configuration['formats']>['customizers']>['jwt']> = (
  _ctx,
  token,
  jwt,
) => {
  const detail = enrichedIn('rar' in token ? token.rar : undefined);
  if (detail) jwt.payload.sub = detail.subject_handle;
};
