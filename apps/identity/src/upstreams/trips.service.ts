import { Inject, Injectable } from '@nestjs/common';
import { digestOf, randomName } from '@bayway/envelope';
import { CONFIG } from '@bayway/service';
import type { Request, Response } from 'express';
import { DataSource, IsNull } from 'typeorm';
import { cookieName, type IdentityConfig } from '../config.js';
import { cookiesOf } from '../pages/page-context.js';
import type { Exchange } from '../oidc/interactions.js';
import type { Expected } from './city-style.js';
import { TripEntity, type TripKind } from './trip.entity.js';
import type { Upstream } from './upstreams.js';

export type Departure = Readonly<{
  interactionUid: string;
  kind: TripKind;
  /** Where the upstream is to be entered, with what it has to send back. */
  url: (expected: Expected) => Promise<URL>;
  steppedUp?: boolean;
}>;

const LIFE_MS = 3_600_000;

/**
 * The way to an upstream and back: a row for what is expected, a cookie for the browser that was sent. One cookie for all
 * trips of a browser, so that trips nobody ends do not pile up in its requests; the `state` tells them apart.
 */
@Injectable()
export class Trips {
  constructor(
    @Inject(CONFIG) private readonly config: IdentityConfig,
    @Inject(DataSource) private readonly db: DataSource,
  ) {}

  /** @returns the address to send the browser to */
  async depart(res: Response, upstream: Upstream, departure: Departure): Promise<string> {
    const expected = { state: randomName(), nonce: randomName(), verifier: randomName() };
    const url = await departure.url(expected);
    const cookie = this.browserOf(res.req) ?? randomName();
    const now = new Date();
    await this.db.getRepository(TripEntity).insert({
      ...expected,
      interactionUid: departure.interactionUid,
      kind: departure.kind,
      upstream: upstream.id,
      cookieDigest: digestOf(cookie),
      steppedUp: departure.steppedUp ?? false,
      startedAt: now,
      expiresAt: new Date(now.getTime() + LIFE_MS),
    });
    res.cookie(this.cookie, cookie, { ...this.cookieOptions(), maxAge: LIFE_MS });
    return url.href;
  }

  /** The trip that a callback belongs to, when this browser made it and it has not ended. Nothing is used up yet. */
  async arriving({ req }: Exchange, state: string): Promise<TripEntity | null> {
    const trip = await this.db.getRepository(TripEntity).findOneBy({ state, usedAt: IsNull() });
    if (!trip || trip.expiresAt < new Date()) return null;
    const cookie = this.browserOf(req);
    return cookie !== null && digestOf(cookie) === trip.cookieDigest ? trip : null;
  }

  /** Ends the trip, once: of two callbacks with the same state one goes on. */
  async end(trip: TripEntity): Promise<boolean> {
    const trips = this.db.getRepository(TripEntity);
    const ended = await trips.update({ state: trip.state, usedAt: IsNull() }, { usedAt: new Date() });
    return ended.affected === 1;
  }

  private get cookie(): string {
    return cookieName(this.config.JURISDICTION, 'rp');
  }

  private browserOf(req: Request): string | null {
    const cookie = cookiesOf(req).get(this.cookie);
    return cookie !== undefined && /^[\w-]{43}$/.test(cookie) ? cookie : null;
  }

  private cookieOptions() {
    const secure = this.config.BASE_URL.startsWith('https:');
    return { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  }
}
