import { EnrichedDetail } from '@bayway/domain';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { EntityManager } from 'typeorm';
import type { SignIns } from '../sessions/sign-ins.service.js';
import { isOurs, type Clients, type Standing } from '../clients/clients.js';

type Grant = InstanceType<Provider['Grant']>;

function grantResources(grant: Grant, clients: Clients, client: Standing): void {
  for (const audience of clients.audiences(client)) grant.addResourceScope(audience, clients.resourceScope(client));
}

/**
 * What a client may get when she has nothing to decide: its own name for her, and a console of ours also what it asks
 * for. Of an app's further wishes she decides; those of partners and peers are refused, for nothing about her crosses a
 * border, or goes to a partner, by way of a sign-in.
 */
function grantSignIn(ctx: KoaContextWithOIDC, clients: Clients, grant: Grant): Grant {
  const known = clients.standing(ctx.oidc.client?.clientId ?? '');
  const wishes = (names: Iterable<string>, given: readonly string[]) => {
    const all = [...names];
    const yes = all.filter((name) => isOurs(known) || given.includes(name));
    return { yes, no: known.kind === 'app' ? [] : all.filter((name) => !yes.includes(name)) };
  };
  const scopes = wishes(ctx.oidc.requestParamOIDCScopes, GIVEN_SCOPES);
  const claims = wishes(ctx.oidc.requestParamClaims, GIVEN_CLAIMS);
  grant.addOIDCScope(scopes.yes.join(' '));
  grant.rejectOIDCScope(scopes.no.join(' '));
  grant.addOIDCClaims(claims.yes);
  grant.rejectOIDCClaims(claims.no);
  if (clients.resourceScope(known)) grantResources(grant, clients, known);
  return grant;
}

/** What an app that registered itself gets of everybody who signs in at it: a name of its own for her. Else she is asked. */
export const GIVEN_SCOPES = ['openid', 'offline_access'];
export const GIVEN_CLAIMS = ['sub', 'sid', 'auth_time', 'acr', 'amr', 'iss'];

/** Whether she has to be asked: her answer makes a grant of its own. */
function asksForMore({ oidc }: KoaContextWithOIDC, clients: Clients): boolean {
  const isApp = clients.standing(oidc.client?.clientId ?? '').kind === 'app';
  const isGiven =
    [...oidc.requestParamOIDCScopes].every((scope) => GIVEN_SCOPES.includes(scope)) &&
    [...oidc.requestParamClaims].every((claim) => GIVEN_CLAIMS.includes(claim));
  return isApp && !isGiven;
}

/**
 * The grant that an authorization request goes on with. One grant per request for a record, made by the step that
 * decided it; a plain sign-in has one of its own and never takes over one that names a record.
 * The session is known by now, so that the sign-in which led to it is noted here.
 */
export const loadGrant =
  (clients: Clients, signIns: SignIns) =>
  async (ctx: KoaContextWithOIDC): Promise<Grant | undefined> => {
    await signIns.record(ctx);
    const { provider, result, params } = ctx.oidc;
    const made = result?.consent?.grantId;
    if (made) return provider.Grant.find(made);
    if (params?.authorization_details) return undefined;
    const grant = await signInGrant(ctx);
    if (!grant || (!grant.jti && asksForMore(ctx, clients))) return undefined;
    await grantSignIn(ctx, clients, grant).save();
    return grant;
  };

/** Her sign-in grant for this client from before, or a new one. */
async function signInGrant({ oidc }: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { provider, session, client } = oidc;
  if (!client || !session?.accountId) return undefined;
  const { clientId } = client;
  const before = session.grantIdFor(clientId);
  const found = before ? await provider.Grant.find(before) : undefined;
  const isOwn = found && !found.rar && found.accountId === session.accountId;
  return isOwn ? found : new provider.Grant({ clientId, accountId: session.accountId });
}

/** A grant for exactly one request for a record. @returns its id */
export async function grantRecord(
  provider: Provider,
  clients: Clients,
  to: Readonly<{ clientId: string; accountId: string; scope: string; detail: EnrichedDetail }>,
): Promise<string> {
  const { clientId, accountId, scope, detail } = to;
  const grant = new provider.Grant({ clientId, accountId });
  grant.addOIDCScope(scope);
  grantResources(grant, clients, clients.standing(clientId));
  grant.addRar(detail);
  return grant.save();
}

/** Ends every grant that names a consent, with its codes and refresh tokens. Idempotent. */
export async function endGrantsOf(tx: EntityManager, consentId: string): Promise<void> {
  await tx.query(
    `with gone as (
       delete from oidc_artifact
        where model = 'Grant' and payload -> 'rar' -> 0 ->> 'consent_id' = $1 returning id)
     delete from oidc_artifact a using gone
      where a.grant_id = gone.id and a.model in ('AccessToken', 'AuthorizationCode', 'RefreshToken')`,
    [consentId],
  );
}

const DAY_SECONDS = 86_400;

/** How long a grant or refresh token for these details lives: to the end of the last day of the consent, local time. */
export function lifeSeconds(rar: readonly unknown[] | undefined, otherwise: number): number {
  const detail = rar?.[0] ? EnrichedDetail.safeParse(rar[0]) : null;
  if (!detail?.success) return otherwise;
  const end = Date.parse(`${detail.data.valid_until}T23:59:59+08:00`);
  return Math.max(60, Math.min(Math.ceil((end - Date.now()) / 1000), 366 * DAY_SECONDS));
}
