import { Inject, Injectable, Logger } from '@nestjs/common';
import { EnrichedDetail, RoutedDetail } from '@bayway/domain';
import { canonical } from '@bayway/envelope';
import * as oc from 'openid-client';
import { Clients, peerClientId } from '../clients/clients.js';
import { grantRecord } from '../oidc/grants.js';
import { Interactions, PROVIDER, scopeOf, type Ending, type Exchange } from '../oidc/interactions.js';
import type { CurrentProvider } from '../oidc/provider.js';
import { pairwise } from '../oidc/pairwise.js';
import { PeerPolicies } from '../peers/peer-policy.js';
import { Secrets } from '../secrets.js';
import { RelyingParty, type Redeemed } from '../upstreams/relying-party.js';
import type { Expected } from '../upstreams/city-style.js';
import { Trips } from '../upstreams/trips.service.js';
import { Upstreams } from '../upstreams/upstreams.js';
import type { Reply, Waiting } from './request.service.js';

const UNAVAILABLE: Ending = {
  error: 'temporarily_unavailable',
  error_description: 'the other jurisdiction cannot be reached now',
};
/** It is this side that does not go on with the other one. */
export const CUT: Ending = {
  error: 'temporarily_unavailable',
  error_description: 'requests to the other jurisdiction are stopped for now',
};
const BROKEN: Ending = {
  error: 'server_error',
  error_description: 'the other jurisdiction answered something else than was asked',
};

/** What the other side may say to the client through us. */
const PASSED_ON = [
  'access_denied',
  'unmet_authentication_requirements',
  'invalid_authorization_details',
  'temporarily_unavailable',
];

/** What the client hears when the other side, or the way there, failed. */
export function endingOf(error: unknown): Ending {
  if (!(error instanceof oc.AuthorizationResponseError || error instanceof oc.ResponseBodyError)) return UNAVAILABLE;
  // It does not take us for a client now: cut off, or a key of ours revoked.
  if (error.error === 'invalid_client') return UNAVAILABLE;
  if (!PASSED_ON.includes(error.error)) return { error: 'server_error', error_description: 'sign-in could not go on' };
  const text = error.error_description?.replace(/[^\x20-\x7e]|["\\]/g, '').slice(0, 200);
  return { error: error.error, ...(text ? { error_description: text } : {}) };
}

/** The importer's step: sends her to the exporter's provider with the request, and takes back what she allowed. */
@Injectable()
export class Border {
  private readonly logger = new Logger('border-step');

  @Inject(PROVIDER) private readonly provider!: CurrentProvider;
  @Inject(Interactions) private readonly interactions!: Interactions;
  @Inject(Clients) private readonly clients!: Clients;
  @Inject(Secrets) private readonly secrets!: Secrets;
  @Inject(Upstreams) private readonly upstreams!: Upstreams;
  @Inject(RelyingParty) private readonly relyingParty!: RelyingParty;
  @Inject(Trips) private readonly trips!: Trips;
  @Inject(PeerPolicies) private readonly policies!: PeerPolicies;

  async begin(exchange: Exchange, { interaction, detail, view }: Waiting): Promise<Reply> {
    const peer = detail && this.upstreams.peer(detail.exporter);
    const accountId = interaction.session?.accountId;
    if (!peer || !accountId) return { redirect: await this.interactions.finish(exchange, interaction, BROKEN) };
    if (this.policies.isCut(peer.id)) return { redirect: await this.interactions.finish(exchange, interaction, CUT) };
    const parameters = {
      scope: 'openid',
      authorization_details: JSON.stringify([detail]),
      // Whom we mean, by the name she has there: an older session of somebody else is not used.
      login_hint: pairwise(this.secrets, accountId, peerClientId(peer.id)),
      claims: JSON.stringify({ id_token: { acr: null, auth_time: null } }),
      ui_locales: view.language,
    };
    try {
      const departure = {
        interactionUid: interaction.uid,
        kind: 'border' as const,
        url: (expected: Expected) => this.relyingParty.authorizationUrl(peer, expected, parameters),
      };
      return { redirect: await this.trips.depart(exchange.res, peer, departure) };
    } catch (error) {
      return { redirect: await this.interactions.finish(exchange, interaction, endingOf(error)) };
    }
  }

  /** Compares all that came back with all that was asked; only then is the client granted anything. */
  async arrive(exchange: Exchange, waiting: Waiting, redeemed: Redeemed): Promise<Reply> {
    const { interaction, client, detail } = waiting;
    const accountId = interaction.session?.accountId;
    const enriched = detail && accountId ? agreedDetail(detail, redeemed) : null;
    if (!enriched || !accountId) {
      this.logger.error({ refused: 'peer-answer-differs', client: client.id });
      return { redirect: await this.interactions.finish(exchange, interaction, BROKEN) };
    }
    const scope = scopeOf(interaction);
    const to = { clientId: client.id, accountId, scope, detail: enriched };
    const grantId = await grantRecord(this.provider(), this.clients, to);
    const result = { border: { consent: enriched.consent_id }, consent: { grantId } };
    return { redirect: await this.interactions.finish(exchange, interaction, result) };
  }
}

/**
 * The detail with consent and handle, when the signed ID token and the token response carry the same one, its items are
 * among those asked for, every other member is unchanged, and the ID token's subject is the handle. Null otherwise.
 */
export function agreedDetail(asked: RoutedDetail, { claims, details }: Redeemed): EnrichedDetail | null {
  const signed = EnrichedDetail.array().length(1).safeParse(claims.authorization_details);
  const enriched = signed.data?.[0];
  if (!enriched || claims.sub !== enriched.subject_handle) return null;
  const { consent_id: _consent, subject_handle: _handle, items, optional_items: open, ...routed } = enriched;
  const { items: needed, optional_items: optional, ...rest } = asked;
  const isWithin = isSelection(items, [...needed, ...optional]) && open.length === 0;
  const same = canonical([enriched]) === canonical(details ?? null) && canonical(routed) === canonical(rest);
  return isWithin && same ? enriched : null;
}

/** Nothing that is not among them, and nothing twice. */
const isSelection = (chosen: readonly string[], among: readonly string[]): boolean =>
  new Set(chosen).size === chosen.length && chosen.every((each) => among.includes(each));
