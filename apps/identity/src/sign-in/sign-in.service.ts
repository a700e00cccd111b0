import { createElement } from 'react';
import { Inject, Injectable } from '@nestjs/common';
import { acrOf, type AssuranceLevel, type Jurisdiction, type Place } from '@bayway/domain';
import { CONFIG } from '@bayway/service';
import { cookieName, type IdentityConfig } from '../config.js';
import { Links } from '../linking/links.service.js';
import type { Exchange } from '../oidc/interactions.js';
import { cookiesOf, htmlOf } from '../pages/page-context.js';
import { PickerPage } from '../pages/picker.js';
import { LinkRefusedPage } from '../pages/plain.js';
import { isRefusedReason } from '../pages/words/index.js';
import { cityAcrs } from '../upstreams/city-claims.js';
import { Trips } from '../upstreams/trips.service.js';
import { upstreamName, Upstreams, type City, type Upstream } from '../upstreams/upstreams.js';
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

  /** Asks the peer that sent her, once and without a page, who she is there; else shows what she can choose from. */
  async begin(exchange: Exchange, waiting: Waiting): Promise<Reply> {
    const { step, hint, detail, interaction } = waiting;
    if (exchange.req.query.again) await this.steps.note(interaction, { refused: null });
    else if (isRefusedReason(step.refused)) return { page: this.refusedPage(waiting, step.refused), status: 403 };
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
    const parameters = upstream.kind === 'city' ? this.forCity(waiting, upstream, how) : this.forPeer(waiting, how);
    const kind = how.silent ? 'silent' : 'sign-in';
    const { uid: interactionUid } = waiting.interaction;
    try {
      return await this.trips.depart(exchange.res, upstream, {
        interactionUid,
        kind,
        parameters,
        steppedUp: how.steppedUp ?? false,
      });
    } catch {
      // Why is in the log already; to her it is a sign-in that cannot be reached.
      return null;
    }
  }

  private forCity(waiting: Waiting, { city }: City, how: How): Record<string, string> {
    const acrs = cityAcrs(city.acr_scheme, waiting.level);
    const afresh = how.steppedUp ?? waiting.interaction.prompt.reasons.some((reason) => AFRESH.includes(reason));
    return {
      scope: 'openid profile documents',
      claims: JSON.stringify({ id_token: { acr: null, auth_time: null } }),
      ui_locales: waiting.view.language,
      ...(acrs.length > 0 ? { acr_values: acrs.join(' ') } : {}),
      ...(afresh ? { prompt: 'login' } : {}),
    };
  }

  /** Silently any level will do, for it shows who she is; else the level is insisted on, and the peer steps up. */
  private forPeer(waiting: Waiting, how: How): Record<string, string> {
    const values = LEVELS.filter((level) => level >= waiting.level).map(acrOf);
    const acr = how.silent || waiting.level === 1 ? null : { essential: true, values };
    return {
      scope: 'openid',
      claims: JSON.stringify({ id_token: { acr, auth_time: null } }),
      ui_locales: waiting.view.language,
      ...(how.silent ? { prompt: 'none' } : {}),
    };
  }

  private async picker(exchange: Exchange, waiting: Waiting): Promise<string> {
    const { view, base, csrf, asker, level, step, client, interaction } = waiting;
    const { cities, peers } = this.upstreams;
    const last = cookiesOf(exchange.req).get(this.lastCity);
    const lastUsed: Place | undefined = cities.find(({ id }) => id === last)?.city.place;
    const tried = this.upstreams.find(named(exchange.req.query.unreachable));
    const there = await this.unlinkedFrom(waiting);
    const page = createElement(PickerPage, {
      view,
      base,
      csrf,
      asker,
      level,
      cities: cities.map(({ id, city }) => ({ place: city.place, href: `${base}/to/${id}` })),
      peers: client.peer || step.peer ? [] : peers.map(({ id }) => id),
      again: !there && (step.peerSub !== null || interaction.prompt.reasons.includes('level')),
      ...(lastUsed ? { lastUsed } : {}),
      ...(tried ? { unreachable: upstreamName(view.language, tried) } : {}),
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

  private refusedPage(waiting: Waiting, reason: Parameters<typeof LinkRefusedPage>[0]['reason']): string {
    const { view, base, csrf, asker, client, step } = waiting;
    const there = client.peer ?? step.peer;
    return htmlOf(
      createElement(LinkRefusedPage, { view, base, csrf, asker, reason, here: this.config.JURISDICTION, there }),
    );
  }
}

type How = Readonly<{ upstream: Upstream; silent?: boolean; steppedUp?: boolean }>;

const named = (query: unknown): string => (typeof query === 'string' ? query : '');

/** The client asked for a fresh sign-in. */
const AFRESH = ['login_prompt', 'max_age'];
