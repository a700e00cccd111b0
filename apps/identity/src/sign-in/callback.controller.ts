import { createElement } from 'react';
import { Controller, Get, Inject, Logger, Param, Query as QueryString, Res, UseFilters } from '@nestjs/common';
import { Access, Answers, CONFIG } from '@bayway/service';
import type { Response } from 'express';
import { DomainError } from '@bayway/contracts';
import * as oc from 'openid-client';
import { z } from 'zod';
import { leavingEnding } from '../acts/ask.service.js';
import type { IdentityConfig } from '../config.js';
import { Interactions, type Exchange } from '../oidc/interactions.js';
import { htmlOf, PAGE_HEADERS, PageContext } from '../pages/page-context.js';
import { EndedPage } from '../pages/plain.js';
import { PageProblemFilter } from '../pages/page-problem.filter.js';
import { PeerPolicies } from '../peers/peer-policy.js';
import type { VerifiedPerson } from '../residents/residents.service.js';
import { RelyingParty, type Redeemed } from '../upstreams/relying-party.js';
import type { TripEntity } from '../upstreams/trip.entity.js';
import { Cities } from '../upstreams/cities.js';
import { Trips } from '../upstreams/trips.service.js';
import { Upstreams, type City, type Peer, type Upstream } from '../upstreams/upstreams.js';
import { Arrivals } from './arrivals.service.js';
import { Border, CUT, endingOf } from './border.service.js';
import { Page, sendReply } from './interaction.controller.js';
import { Requests, type Reply, type Waiting } from './request.service.js';

const Callback = z.object({
  state: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/)
    .optional(),
  iss: z.string().max(300).optional(),
});

const CityId = z.string().regex(/^[a-z][a-z-]{1,39}$/);

/** The part of our address that is this upstream's alone. */
const ownAddress = (upstream: Upstream): string | null =>
  upstream.kind === 'city' && upstream.city.style !== 'oidc' ? upstream.id : null;

type Query = z.infer<typeof Callback>;
type Departed = Readonly<{ trip: TripEntity; upstream: Upstream }>;
type Returned = Departed & Readonly<{ waiting: Waiting }>;

/** Where cities and peers send her back to. */
@Controller('cb')
@UseFilters(PageProblemFilter)
export class CallbackController {
  private readonly logger = new Logger('callback');

  @Inject(CONFIG) private readonly config!: IdentityConfig;
  @Inject(Interactions) private readonly interactions!: Interactions;
  @Inject(Requests) private readonly requests!: Requests;
  @Inject(Trips) private readonly trips!: Trips;
  @Inject(Upstreams) private readonly upstreams!: Upstreams;
  @Inject(RelyingParty) private readonly relyingParty!: RelyingParty;
  @Inject(Cities) private readonly cities!: Cities;
  @Inject(Arrivals) private readonly arrivals!: Arrivals;
  @Inject(Border) private readonly border!: Border;
  @Inject(PageContext) private readonly pages!: PageContext;
  @Inject(PeerPolicies) private readonly policies!: PeerPolicies;

  @Get()
  @Access('public')
  @Answers(Page)
  back(@Res() res: Response, @QueryString({ schema: Callback }) query: Query): Promise<void> {
    return this.answer(res, query, null);
  }

  /** An address for each city that names no issuer: so that no other can answer in its place (RFC 9700 section 4.4). */
  @Get(':city')
  @Access('public')
  @Answers(Page)
  backFrom(
    @Res() res: Response,
    @Param('city', { schema: CityId }) city: string,
    @QueryString({ schema: Callback }) query: Query,
  ): Promise<void> {
    return this.answer(res, query, city);
  }

  private async answer(res: Response, query: Query, city: string | null): Promise<void> {
    const { req } = res;
    const exchange = { req, res };
    const returned = await this.returned(exchange, query, city);
    if (!returned) {
      res
        .status(400)
        .set(PAGE_HEADERS)
        .send(htmlOf(createElement(EndedPage, { view: this.pages.view(req) })));
      return;
    }
    sendReply(res, await this.goOn(exchange, returned));
  }

  /**
   * All that is checked before a code is redeemed: the browser that was sent, the upstream it was sent to, the session
   * it had, and that the client still waits. Only then is the trip used up, once.
   */
  private async returned(exchange: Exchange, query: Query, city: string | null): Promise<Returned | null> {
    const made = await this.departed(exchange, query, city);
    if (!made) return this.refuse('no-trip');
    const { trip, upstream } = made;
    const interaction = await this.interactions.find(trip.interactionUid);
    if (!interaction || !(await this.interactions.isOpen(exchange, interaction))) return this.refuse('not-open');
    const waiting = await this.requests.read(exchange, interaction);
    if (!waiting || !(await this.trips.end(trip))) return this.refuse('used');
    return { trip, upstream, waiting };
  }

  private async departed(exchange: Exchange, { state, iss }: Query, city: string | null): Promise<Departed | null> {
    const trip = state ? await this.trips.arriving(exchange, state) : null;
    const upstream = trip && this.upstreams.find(trip.upstream);
    if (!trip || !upstream || city !== ownAddress(upstream)) return null;
    // RFC 9207: an answer of another issuer is not for this trip, and does not end it.
    return iss === undefined || iss === upstream.issuer ? { trip, upstream } : null;
  }

  private refuse(reason: string): null {
    this.logger.warn({ refused: reason });
    return null;
  }

  private goOn(exchange: Exchange, { trip, upstream, waiting }: Returned): Promise<Reply> {
    return upstream.kind === 'city'
      ? this.fromCity(exchange, { trip, upstream, waiting })
      : this.fromPeer(exchange, { trip, upstream, waiting });
  }

  private addressOf({ req }: Exchange): URL {
    return new URL(req.originalUrl, this.config.BASE_URL);
  }

  private async fromCity(exchange: Exchange, { trip, upstream, waiting }: From<City>): Promise<Reply> {
    let person: VerifiedPerson;
    try {
      person = await this.cities.redeem(upstream, trip, this.addressOf(exchange));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return this.cityFailed(exchange, { trip, upstream, waiting }, error);
    }
    return this.arrivals.fromCity(exchange, waiting, { upstream, trip, person });
  }

  /** She went away there: so she does here. The level is not to be had: a page says so. The rest leads to the choice. */
  private async cityFailed(exchange: Exchange, from: From<City>, { code, members }: DomainError): Promise<Reply> {
    const { upstream, waiting } = from;
    this.logger.warn({ refused: code, upstream: upstream.id });
    if (code === 'city-declined' && members.reason === 'access_denied')
      return { redirect: await this.interactions.finish(exchange, waiting.interaction, leavingEnding(null)) };
    if (code === 'city-declined' && members.reason === 'unmet_authentication_requirements')
      return this.arrivals.stop(waiting, { reason: 'level', city: upstream.id });
    return { redirect: `${waiting.base}?${code === 'city-untrusted' ? 'untrusted' : 'unreachable'}=${upstream.id}` };
  }

  private async fromPeer(exchange: Exchange, { trip, upstream, waiting }: From<Peer>): Promise<Reply> {
    // Cut off while she was there: nothing it says is read.
    if (this.policies.isCut(upstream.id)) return this.fromCutPeer(exchange, trip, waiting);
    let redeemed: Redeemed;
    try {
      redeemed = await this.relyingParty.redeem(upstream, trip, this.addressOf(exchange));
    } catch (error) {
      return this.peerFailed(exchange, { trip, upstream, waiting }, error);
    }
    return trip.kind === 'border'
      ? this.border.arrive(exchange, waiting, redeemed)
      : this.arrivals.fromPeer(exchange, waiting, { upstream, trip, redeemed });
  }

  private async fromCutPeer(exchange: Exchange, trip: TripEntity, waiting: Waiting): Promise<Reply> {
    this.logger.warn({ refused: 'peer-cut', upstream: trip.upstream });
    if (trip.kind !== 'border') return { redirect: `${waiting.base}?cut=${trip.upstream}` };
    return { redirect: await this.interactions.finish(exchange, waiting.interaction, CUT) };
  }

  /** A silent question that was not answered leads to the choice; a sign-in that broke too; the rest ends here. */
  private async peerFailed(exchange: Exchange, from: From<Peer>, error: unknown): Promise<Reply> {
    const { trip, upstream, waiting } = from;
    if (trip.kind === 'silent') return { redirect: waiting.base };
    const answered = error instanceof oc.AuthorizationResponseError;
    if (trip.kind === 'sign-in' && !answered) return { redirect: `${waiting.base}?unreachable=${upstream.id}` };
    return { redirect: await this.interactions.finish(exchange, waiting.interaction, endingOf(error)) };
  }
}

type From<U extends Upstream> = Readonly<{ trip: TripEntity; upstream: U; waiting: Waiting }>;
