import { Inject, Injectable, Logger } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import { levelOfAcr, weakest, type AssuranceLevel } from '@bayway/domain';
import { Links, type Linked, type PeerIdentity } from '../linking/links.service.js';
import { Interactions, type Ending, type Exchange } from '../oidc/interactions.js';
import type { RefusedReason } from '../pages/words/index.js';
import { Residents } from '../residents/residents.service.js';
import { CityClaims, personOf } from '../upstreams/city-claims.js';
import type { Redeemed } from '../upstreams/relying-party.js';
import type { TripEntity } from '../upstreams/trip.entity.js';
import type { City, Peer } from '../upstreams/upstreams.js';
import type { Reply, Waiting } from './request.service.js';
import { SignIn } from './sign-in.service.js';
import { Steps } from './steps.service.js';

const TOO_LOW: Ending = {
  error: 'unmet_authentication_requirements',
  error_description: 'the level of assurance that is needed was not reached',
};

/** A clock of a city may be this far behind ours. */
const SKEW_SECONDS = 30;

/** What happens when she comes back from a city or a peer, signed in there. */
@Injectable()
export class Arrivals {
  private readonly logger = new Logger('sign-in');

  @Inject(Interactions) private readonly interactions!: Interactions;
  @Inject(Steps) private readonly steps!: Steps;
  @Inject(Residents) private readonly residents!: Residents;
  @Inject(Links) private readonly links!: Links;
  @Inject(SignIn) private readonly signIn!: SignIn;

  /** From a city of this side: shows who she is here. */
  async fromCity(exchange: Exchange, waiting: Waiting, back: Back<City>): Promise<Reply> {
    const { upstream, trip, redeemed } = back;
    const claims = CityClaims.parse(redeemed.claims);
    const person = personOf(upstream.issuer, upstream.city.acr_scheme, claims);
    if (person.level < waiting.level) return this.tooLow(exchange, waiting, { city: upstream, trip, claims });
    try {
      const resident = await this.residents.recognise(person);
      const refused = await this.belongsTo(waiting, { residentId: resident.id, level: person.level });
      if (refused) return await this.refuse(waiting, refused);
      this.signIn.rememberCity(exchange, upstream);
      return await this.done(exchange, waiting, { accountId: resident.id, level: person.level });
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'link-conflict') throw error;
      return this.refuse(waiting, 'resident-conflict');
    }
  }

  /**
   * Whether this resident may be used for whom the peer means: the one it is linked to; or nobody yet, when the peer
   * has shown her in this same request too. Then both are bound.
   */
  private async belongsTo(waiting: Waiting, here: Linked): Promise<RefusedReason | null> {
    const shown = shownIn(waiting);
    const meant = waiting.hint ?? shown;
    if (!meant) return null;
    const linked = await this.links.find(meant);
    if (linked && linked.residentId !== here.residentId) return 'link-conflict';
    if (shown?.peer === meant.peer && shown.sub === meant.sub) return this.bind(shown, here);
    return linked ? null : 'no-proof';
  }

  private async bind(shown: Shown, here: Linked): Promise<RefusedReason | null> {
    try {
      await this.links.bind(shown, { ...here, level: weakest(shown.level, here.level) });
      return null;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'link-conflict') return 'link-conflict';
      throw error;
    }
  }

  /** From a peer: shows who she is there; her link says who that is here, and never surer than it was made. */
  async fromPeer(exchange: Exchange, waiting: Waiting, back: Back<Peer>): Promise<Reply> {
    const { upstream, redeemed } = back;
    const { sub, acr } = redeemed.claims;
    if (waiting.hint && waiting.hint.sub !== sub) return this.refuse(waiting, 'other-person');
    const there = levelOfAcr(typeof acr === 'string' ? acr : undefined) ?? 1;
    const linked = await this.links.find({ peer: upstream.id, sub });
    const level = weakest(there, linked?.level ?? 1);
    if (linked && level >= waiting.level) return this.done(exchange, waiting, { accountId: linked.residentId, level });
    // No link yet, or not sure enough of her: she signs in with a city of this side as well.
    await this.steps.note(waiting.interaction, { peer: upstream.id, peerSub: sub, peerLevel: there });
    return { redirect: waiting.base };
  }

  private async tooLow(exchange: Exchange, waiting: Waiting, at: TooLow): Promise<Reply> {
    const { city, trip, claims } = at;
    const before = trip.startedAt.getTime() / 1000 - SKEW_SECONDS;
    const olderSession = claims.auth_time !== undefined && claims.auth_time < before;
    if (olderSession && !trip.steppedUp) return this.signIn.stepUp(exchange, waiting, city);
    return { redirect: await this.interactions.finish(exchange, waiting.interaction, TOO_LOW) };
  }

  private async refuse(waiting: Waiting, reason: RefusedReason): Promise<Reply> {
    this.logger.warn({ refused: reason, client: waiting.client.id });
    await this.steps.note(waiting.interaction, { refused: reason });
    return { redirect: waiting.base };
  }

  private async done(exchange: Exchange, { interaction }: Waiting, who: Who): Promise<Reply> {
    return { redirect: await this.interactions.finishLogin(exchange, interaction, who) };
  }
}

type Shown = PeerIdentity & Readonly<{ level: AssuranceLevel }>;

/** Whom a peer has shown in this request, and how sure it is. */
const shownIn = ({ step: { peer, peerSub, peerLevel } }: Waiting): Shown | null =>
  peer && peerSub ? { peer, sub: peerSub, level: peerLevel ?? 1 } : null;

export type Back<U> = Readonly<{ upstream: U; trip: TripEntity; redeemed: Redeemed }>;
type TooLow = Readonly<{ city: City; trip: TripEntity; claims: CityClaims }>;
type Who = Readonly<{ accountId: string; level: AssuranceLevel }>;
