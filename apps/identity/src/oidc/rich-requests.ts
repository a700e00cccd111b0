import { randomUUID } from 'node:crypto';
import { activateConsent, DomainError } from '@bayway/contracts';
import { EnrichedDetail, excessOf, excessText, isInForce, type Jurisdiction } from '@bayway/domain';
import type { Bus } from '@bayway/service';
import {
  errors,
  type AuthorizationDetail,
  type AuthorizationDetailsForAccessToken,
  type AuthorizationDetailsForGrantSource,
  type Client,
  type KoaContextWithOIDC,
} from 'oidc-provider';
import { isSignInOnly, type Clients } from '../clients/clients.js';
import { REPLAYED, type Flow, type Flows, type Opening } from '../flows/flows.service.js';
import { routeDetail } from '../flows/routed.js';

type Parts = Readonly<{ me: Jurisdiction; clients: Clients; flows: Flows; bus: Bus }>;

/** Members that the answer to a pushed request gets beside `error` (see {@link concludePush}). */
const refusals = new WeakMap<KoaContextWithOIDC, Readonly<Record<string, unknown>>>();
/** Requests for records that were let pass in a push that may still turn out wrong in other respects. */
const opened = new WeakMap<KoaContextWithOIDC, Flow>();

function refuse(ctx: KoaContextWithOIDC, description: string, members: Readonly<Record<string, unknown>>): never {
  refusals.set(ctx, members);
  throw new errors.InvalidAuthorizationDetails(description);
}

function settle(ctx: KoaContextWithOIDC, opening: Opening): void {
  if (opening.kind === 'unavailable')
    throw new errors.TemporarilyUnavailable('it cannot be found out now whether this request is lawful');
  if (opening.kind === 'wrong') refuse(ctx, opening.code, { code: opening.code });
  if (opening.kind === 'refused') refuse(ctx, opening.refusal.code, opening.refusal);
  if (opening.kind === 'open') opened.set(ctx, opening.flow);
}

/**
 * Checks one element of `authorization_details`. The library calls it for the pushed request and again when that is
 * used; the law is asked the first time only, and what it let pass replaces what was pushed.
 * @see RFC 9396 section 5, RFC 9126 section 2.1
 */
export const validateDetail =
  ({ me, clients, flows }: Parts) =>
  async (ctx: KoaContextWithOIDC, input: AuthorizationDetail, client: Client): Promise<void> => {
    const known = clients.standing(client.clientId);
    // An app may skip the push, so this comes first.
    if (isSignInOnly(known)) refuse(ctx, 'records are for registered partners', { code: 'request-invalid' });
    if (ctx.oidc.route !== 'pushed_authorization_request') return;
    const { params } = ctx.oidc;
    const all = JSON.parse(String(params?.authorization_details)) as unknown[];
    if (!params || all.length !== 1) refuse(ctx, 'one data-request at a time', { code: 'request-invalid' });
    const asking = { clientId: client.clientId, peer: known.peer };
    if (known.peer && !params.login_hint) throw new errors.InvalidRequest('login_hint is needed: whom is it about');
    const routing = routeDetail(input, asking, { me, requestId: randomUUID() });
    if ('problem' in routing) refuse(ctx, routing.problem, { code: 'request-invalid' });
    // What exceeds its purpose cannot be asked: nobody is bothered, no broker either.
    const excess = excessOf(routing.detail, new Date());
    if (excess) refuse(ctx, `limit-exceeded: ${excessText(excess)}`, { code: 'limit-exceeded', ...excess });
    settle(ctx, await flows.open(client.clientId, routing.detail));
    params.authorization_details = JSON.stringify([routing.detail]);
  };

/**
 * Remembers a pushed request once the library has found all of it right, down to its DPoP proof; before that nothing
 * is written. Puts rule, article, jurisdiction and reasons into the answer to one that was refused.
 */
export const concludePush =
  (flows: Flows) =>
  async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next();
    const flow = opened.get(ctx);
    if (flow && ctx.status === PUSHED && !(await flows.keep(flow))) {
      ctx.status = 400;
      ctx.body = { error: 'invalid_authorization_details', error_description: REPLAYED, code: REPLAYED };
    }
    const members = refusals.get(ctx);
    const body = ctx.body as { error?: string } | undefined;
    if (members && body?.error === 'invalid_authorization_details') Object.assign(body, members);
  };

/** Created: the answer to a request that was taken (RFC 9126 section 2.2). */
const PUSHED = 201;

/** Into a code go the details of its own request: a plain sign-in never inherits them from an earlier grant. */
export const detailsForCode: AuthorizationDetailsForGrantSource = (ctx) =>
  ctx.oidc.params?.authorization_details ? ctx.oidc.entities.Grant?.rar : undefined;

/**
 * Into tokens go the details of the code or refresh token. At the exporter the consent begins here: when the code is
 * redeemed, not when she clicked (so that a forwarded address or a broken flow leaves nothing that can be used).
 */
export const detailsForToken =
  ({ me, bus }: Parts): AuthorizationDetailsForAccessToken =>
  async (...[, , source, grantType]) => {
    const details = source && 'rar' in source ? (source.rar as readonly AuthorizationDetail[] | undefined) : undefined;
    const detail = details?.[0];
    if (!detail || grantType !== 'authorization_code') return details;
    const enriched = EnrichedDetail.parse(detail);
    if (enriched.exporter === me) await begin(bus, enriched);
    return details;
  };

async function begin(bus: Bus, detail: EnrichedDetail): Promise<void> {
  const question = { consentId: detail.consent_id, flowId: detail.request_id };
  const answer = await bus.ask(activateConsent, question).catch((cause: unknown) => {
    const gone = cause instanceof DomainError && cause.code !== 'service-unavailable';
    throw gone
      ? new errors.InvalidGrant({ cause })
      : new errors.TemporarilyUnavailable('the consent cannot be begun now', { cause });
  });
  if (!isInForce(answer.state)) throw new errors.InvalidGrant('the consent is not in force');
}
