import { createElement, type ReactElement } from 'react';
import { Inject, Injectable } from '@nestjs/common';
import { acrOf, type AssuranceLevel, type Jurisdiction, type Place } from '@bayway/domain';
import { CONFIG } from '@bayway/service';
import { cookieName, type IdentityConfig } from '../config.js';
import { Links } from '../linking/links.service.js';
import { Interactions, type Exchange } from '../oidc/interactions.js';
import { OUT_OF_REACH } from '../oidc/policy.js';
import { cookiesOf, htmlOf } from '../pages/page-context.js';
import { PickerPage, SIGN_IN_FAILURES, type SignInFailure } from '../pages/picker.js';
import { LinkRefusedPage, StoppedPage } from '../pages/plain.js';
import { isRefusedReason } from '../pages/words/index.js';
import { PeerPolicies } from '../peers/peer-policy.js';
import { Cities } from '../upstreams/cities.js';
import type { Expected } from '../upstreams/city-style.js';
import { RelyingParty } from '../upstreams/relying-party.js';
import { Trips } from '../upstreams/trips.service.js';
import { upstreamName, Upstreams, type City, type Upstream } from '../upstreams/upstreams.js';
import { readRefusal, UNMET, type Refusal } from './refusals.js';
import type { Reply, Waiting } from './request.service.js';
import { Steps } from './steps.service.js';

const LEVELS: readonly AssuranceLevel[] = [1, 2, 3, 4];
const MONTH_MS = 180 * 86_400_000;

/** The login step up to the moment she is sent to a city or a peer. */
@Injectable()
export class SignIn {
  @Inject(CONFIG) private readonly config!: IdentityConfig;
  @Inject(Links) private readonly links!: Links;
  @Inject(Steps) private readonly steps!: Steps;
  @Inject(Upstreams) private readonly upstreams!: Upstreams;
  @Inject(Trips) private readonly trips!: Trips;
  @Inject(Cities) private readonly cities!: Cities;
  @Inject(RelyingParty) private readonly relyingParty!: RelyingParty;
  @Inject(Interactions) private readonly interactions!: Interactions;
  @Inject(PeerPolicies) private readonly policies!: PeerPolicies;

  /** Asks the peer that sent her, once and without a page, who she is there; else shows what she can choose from. */
  async begin(exchange: Exchange, waiting: Waiting): Promise<Reply> {
    const { step, hint, detail, interaction } = waiting;
    // Nobody has it: said to the client at once, for she could do nothing about it.
    if (waiting.level >= OUT_OF_REACH)
      return { redirect: await this.interactions.finish(exchange, interaction, UNMET) };
    const refusal = readRefusal(step.refused);
    if (exchange.req.query.again) await this.steps.note(interaction, { refused: null });
    else if (refusal) return { page: this.refusedPage(waiting, refusal), status: 403 };
    if (!hint || !detail || step.silentTried) return { page: await this.picker(exchange, waiting) };
    await this.steps.note(interaction, { silentTried: true });
    const peer = this.upstreams.peer(hint.peer);
    const url = peer && (await this.tryDepart(exchange, waiting, { upstream: peer, silent: true }));
    return url ? { redirect: url } : { page: await this.picker(exchange, waiting) };
  }

  /** Sends her to the city or peer she chose; back to the choice when it cannot be reached. */
  async choose(exchange: Exchange, waiting: Waiting, id: string): Promise<Reply> {
    const upstream = this.upstreams.find(id);
    // A provider that serves a peer offers its own cities only: no transit, and no way round in circles.
    if (!upstream || (upstream.kind === 'peer' && waiting.client.peer)) return { redirect: waiting.base };
    if (upstream.kind === 'peer' && this.policies.isCut(upstream.id)) return { redirect: `${waiting.base}?cut=${id}` };
    const url = await this.tryDepart(exchange, waiting, { upstream });
    return { redirect: url ?? `${waiting.base}?unreachable=${upstream.id}` };
  }

  /** Once more to the same city, for a higher level than its older session had. */
  async stepUp(exchange: Exchange, waiting: Waiting, city: City): Promise<Reply> {
    const url = await this.tryDepart(exchange, waiting, { upstream: city, steppedUp: true });
    return { redirect: url ?? `${waiting.base}?unreachable=${city.id}` };
  }

  /** The next time, this city stands first. */
  rememberCity(exchange: Exchange, city: City): void {
    const secure = this.config.BASE_URL.startsWith('https:');
    exchange.res.cookie(this.lastCity, city.id, { httpOnly: true, sameSite: 'lax', secure, maxAge: MONTH_MS });
  }

  private get lastCity(): string {
    return cookieName(this.config.JURISDICTION, 'city');
  }

  /** Null when the upstream cannot be reached. */
  private async tryDepart(exchange: Exchange, waiting: Waiting, how: How): Promise<string | null> {
    const { upstream } = how;
    const kind = how.silent ? 'silent' : 'sign-in';
    const { uid: interactionUid } = waiting.interaction;
    try {
      return await this.trips.depart(exchange.res, upstream, {
        interactionUid,
        kind,
        url: (expected) => this.addressOf(waiting, how, expected),
        steppedUp: how.steppedUp ?? false,
      });
    } catch {
      // Why is in the log already; to her it is a sign-in that cannot be reached.
      return null;
    }
  }

  /** Level, language and freshness go on to whoever signs her in. */
  private addressOf(waiting: Waiting, { upstream, silent, steppedUp }: How, expected: Expected): Promise<URL> {
    const { level, view, freshness } = waiting;
    if (upstream.kind === 'peer')
      return this.relyingParty.authorizationUrl(upstream, expected, this.forPeer(waiting, silent ?? false));
    const again = freshness.again || (steppedUp ?? false);
    return this.cities.authorizationUrl(upstream, expected, {
      level,
      language: view.language,
      freshness: { ...freshness, again },
    });
  }

  /** Silently any level will do, for it shows who she is; else the level is insisted on, and the peer steps up. */
  private forPeer({ level: needed, view, freshness }: Waiting, silent: boolean): Record<string, string> {
    const values = LEVELS.filter((level) => level >= needed).map(acrOf);
    const acr = silent || needed === 1 ? null : { essential: true, values };
    const prompt = silent ? 'none' : freshness.again ? 'login' : null;
    return {
      scope: 'openid',
      claims: JSON.stringify({ id_token: { acr, auth_time: { essential: true } } }),
      ui_locales: view.language,
      ...(prompt ? { prompt } : {}),
      ...(freshness.maxAge === null ? {} : { max_age: String(freshness.maxAge) }),
    };
  }

  private async picker(exchange: Exchange, waiting: Waiting): Promise<string> {
    const { view, base, csrf, asker, level, step, client, interaction } = waiting;
    const { cities, peers } = this.upstreams;
    const last = cookiesOf(exchange.req).get(this.lastCity);
    const lastUsed: Place | undefined = cities.find(({ id }) => id === last)?.city.place;
    const failed = failureIn(exchange.req.query);
    const tried = failed && this.upstreams.find(failed.id);
    const there = await this.unlinkedFrom(waiting);
    const page = createElement(PickerPage, {
      view,
      base,
      csrf,
      asker,
      level,
      cities: cities.map(({ id, city }) => ({ place: city.place, href: `${base}/to/${id}` })),
      here: this.config.JURISDICTION,
      peers: client.peer || step.peer ? [] : peers.map(({ id }) => id).filter((id) => !this.policies.isCut(id)),
      again: !there && (step.peerSub !== null || interaction.prompt.reasons.includes('level')),
      ...(lastUsed ? { lastUsed } : {}),
      ...(tried ? { failed: { place: upstreamName(view.language, tried), why: failed.why } } : {}),
      ...(there ? { bind: { here: this.config.JURISDICTION, there } } : {}),
    });
    return htmlOf(page);
  }

  /** The peer that has shown her in this request, when it is not known yet who she is here. */
  private async unlinkedFrom({ step }: Waiting): Promise<Jurisdiction | null> {
    if (!step.peer || !step.peerSub) return null;
    const linked = await this.links.find({ peer: step.peer, sub: step.peerSub });
    return linked ? null : step.peer;
  }

  private refusedPage(waiting: Waiting, refusal: Refusal): string {
    return htmlOf(this.refused(waiting, refusal));
  }

  private refused(waiting: Waiting, { reason, city: id }: Refusal): ReactElement {
    const { view, base, csrf, asker, client, step, level } = waiting;
    const common = { view, base, csrf, asker };
    const there = client.peer ?? step.peer;
    if (isRefusedReason(reason))
      return createElement(LinkRefusedPage, { ...common, reason, here: this.config.JURISDICTION, there });
    const at = this.upstreams.cities.find((each) => each.id === id)?.city;
    const city = at ? { place: at.place, scheme: at.acr_scheme } : null;
    return createElement(StoppedPage, { ...common, reason, level, city });
  }
}

type How = Readonly<{ upstream: Upstream; silent?: boolean; steppedUp?: boolean }>;

/** What went wrong with which upstream, as the address of the picker says it. */
function failureIn(query: Readonly<Record<string, unknown>>): { why: SignInFailure; id: string } | null {
  const why = SIGN_IN_FAILURES.find((each) => typeof query[each] === 'string');
  return why ? { why, id: String(query[why]) } : null;
}
