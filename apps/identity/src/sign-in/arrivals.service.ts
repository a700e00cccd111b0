import { Inject, Injectable, Logger } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import { fromPeer, hop, weakest, type Assurance } from '@bayway/domain';
import { Links, type Linked, type PeerIdentity } from '../linking/links.service.js';
import { Interactions, type Exchange } from '../oidc/interactions.js';
import { isRefusedReason, type RefusedReason } from '../pages/words/index.js';
import { PeerPolicies } from '../peers/peer-policy.js';
import { Residents, type VerifiedPerson } from '../residents/residents.service.js';
import type { Redeemed } from '../upstreams/relying-party.js';
import type { TripEntity } from '../upstreams/trip.entity.js';
import type { City, Peer } from '../upstreams/upstreams.js';
import { SignIns } from '../sessions/sign-ins.service.js';
import { isFresh, SKEW_SECONDS } from './freshness.js';
import { refusalText, type Refusal } from './refusals.js';
import type { Reply, Waiting } from './request.service.js';
import { SignIn } from './sign-in.service.js';
import { Steps } from './steps.service.js';

/** Asked to sign in again in a session: whoever comes back has to be its owner. */
const SAME_PERSON = ['level', 'max_age'];

/** What happens when she comes back from a city or a peer, signed in there. */
@Injectable()
export class Arrivals {
  private readonly logger = new Logger('sign-in');

  @Inject(Interactions) private readonly interactions!: Interactions;
  @Inject(Steps) private readonly steps!: Steps;
  @Inject(Residents) private readonly residents!: Residents;
  @Inject(Links) private readonly links!: Links;
  @Inject(SignIn) private readonly signIn!: SignIn;
  @Inject(SignIns) private readonly signIns!: SignIns;
  @Inject(PeerPolicies) private readonly policies!: PeerPolicies;

  /** From a city of this side: shows who she is here. The level and the time are verified, whatever was asked for. */
  async fromCity(exchange: Exchange, waiting: Waiting, back: FromCity): Promise<Reply> {
    const { upstream, trip, person } = back;
    const { assurance, authTime } = person;
    if (assurance.level < waiting.level) return this.tooLow(exchange, waiting, back);
    if (!isFresh(waiting.freshness, authTime, { sent: trip.startedAt, now: new Date() }))
      return this.stop(waiting, { reason: 'not-fresh', city: upstream.id });
    try {
      const residentId = await this.residents.recognise(person);
      if (isSomebodyElse(waiting, residentId))
        return await this.stop(waiting, { reason: 'another-account', city: upstream.id });
      const refused = await this.belongsTo(waiting, { residentId, level: assurance.level });
      if (refused) return await this.stop(waiting, { reason: refused, city: null });
      this.signIn.rememberCity(exchange, upstream);
      const who = { accountId: residentId, assurance, authTime };
      return await this.done(exchange, waiting, { ...who, via: upstream.id, upstreamSub: person.sub });
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'link-conflict') throw error;
      return this.stop(waiting, { reason: 'resident-conflict', city: null });
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
  async fromPeer(exchange: Exchange, waiting: Waiting, back: FromPeer): Promise<Reply> {
    const { upstream, trip, redeemed } = back;
    const { sub, acr, auth_time: authTime } = redeemed.claims;
    if (waiting.hint && waiting.hint.sub !== sub) return this.stop(waiting, { reason: 'other-person', city: null });
    if (authTime === undefined) throw new DomainError('answer-invalid');
    const fresh = isFresh(waiting.freshness, authTime, { sent: trip.startedAt, now: new Date() });
    const said = fromPeer(upstream.id, typeof acr === 'string' ? acr : undefined);
    const there = this.policies.believed(upstream.id, said);
    const linked = await this.links.find({ peer: upstream.id, sub });
    if (linked && fresh) {
      const assurance = hop(there, { by: 'link', jurisdiction: upstream.id, level: linked.level });
      const who = { accountId: linked.residentId, assurance, authTime, via: upstream.id, upstreamSub: sub };
      if (assurance.level >= waiting.level) return this.done(exchange, waiting, who);
    }
    // No link yet, not sure enough of her, or too long ago: she signs in with a city of this side as well.
    await this.steps.note(waiting.interaction, { peer: upstream.id, peerSub: sub, peerLevel: there.level });
    return { redirect: waiting.base };
  }

  /** An older session at the city may have had a lower level than she can reach: once more, signed in anew. */
  private tooLow(exchange: Exchange, waiting: Waiting, { upstream, trip, person }: FromCity): Promise<Reply> {
    const olderSession = person.authTime < trip.startedAt.getTime() / 1000 - SKEW_SECONDS;
    if (olderSession && !trip.steppedUp) return this.signIn.stepUp(exchange, waiting, upstream);
    return this.stop(waiting, { reason: 'level', city: upstream.id });
  }

  /** The page of the sign-in says why, and what she can do. */
  async stop(waiting: Waiting, refusal: Refusal): Promise<Reply> {
    this.logger.warn({ refused: refusal.reason, client: waiting.client.id });
    await this.steps.note(waiting.interaction, { refused: refusalText(refusal) });
    if (isRefusedReason(refusal.reason)) await this.links.refuse(refusal.reason, waiting.client.id);
    return { redirect: waiting.base };
  }

  private async done(exchange: Exchange, { interaction }: Waiting, who: Who): Promise<Reply> {
    const { accountId, assurance, authTime, via, upstreamSub } = who;
    const seen = await this.signIns.see(exchange, { residentId: accountId, via, upstreamSub, assurance });
    const login = { accountId, level: assurance.level, authTime, seen };
    return { redirect: await this.interactions.finishLogin(exchange, interaction, login) };
  }
}

/** Asked again in a session, and another person came back. With `prompt=login` a client lets people change. */
const isSomebodyElse = ({ interaction: { session, prompt } }: Waiting, residentId: string): boolean =>
  session?.accountId !== undefined &&
  session.accountId !== residentId &&
  SAME_PERSON.some((reason) => prompt.reasons.includes(reason));

type Shown = PeerIdentity & Readonly<{ level: number }>;

/** Whom a peer has shown in this request, and how sure it is. */
const shownIn = ({ step: { peer, peerSub, peerLevel } }: Waiting): Shown | null =>
  peer && peerSub ? { peer, sub: peerSub, level: peerLevel ?? 1 } : null;

type FromCity = Readonly<{ upstream: City; trip: TripEntity; person: VerifiedPerson }>;
type FromPeer = Readonly<{ upstream: Peer; trip: TripEntity; redeemed: Redeemed }>;
type Who = Readonly<{ accountId: string; assurance: Assurance; authTime: number; via: string; upstreamSub: string }>;
