import { Inject, Injectable } from '@nestjs/common';
import { acrOf, type AssuranceLevel } from '@bayway/domain';
import { epochSeconds } from '@bayway/envelope';
import type { Request, Response } from 'express';
import { errors, type InteractionResults, type Provider } from 'oidc-provider';
import type { Seen } from '../sessions/sign-ins.service.js';
import type { CurrentProvider } from './provider.js';

/** Injection token of the `CurrentProvider`. */
export const PROVIDER = Symbol('openid-provider');

export type Interaction = InstanceType<Provider['Interaction']>;
type Stored = Interaction & { readonly parJti?: string };
type Session = InstanceType<Provider['Session']>;

/** A browser's request and the answer to it. */
export type Exchange = Readonly<{ req: Request; res: Response }>;

/** Whoever is signed in in a browser, and in which session. */
export type SignedIn = Readonly<{ accountId: string; sessionUid: string }>;

/** An OAuth error for the client. */
export type Ending = Readonly<{ error: string; error_description?: string }>;

/** The scopes of the authorization request. */
export const scopeOf = ({ params }: Interaction): string =>
  typeof params.scope === 'string' ? params.scope : 'openid';

/** The provider's interactions: an authorization request that waits for something she does. */
@Injectable()
export class Interactions {
  constructor(@Inject(PROVIDER) private readonly provider: CurrentProvider) {}

  /** The interaction of this browser at this address, or null when it is over or another browser's. */
  async load({ req, res }: Exchange, uid: string): Promise<Interaction | null> {
    try {
      const interaction = await this.provider().interactionDetails(req, res);
      return interaction.uid === uid ? interaction : null;
    } catch (error) {
      if (error instanceof errors.SessionNotFound) return null;
      throw error;
    }
  }

  /** The interaction by its id alone: at an address where its cookie is not sent. */
  async find(uid: string): Promise<Interaction | null> {
    return (await this.provider().Interaction.find(uid)) ?? null;
  }

  /** Null when nobody is signed in in this browser. */
  async signedIn(exchange: Exchange): Promise<SignedIn | null> {
    const { accountId, uid } = await this.session(exchange);
    return accountId === undefined ? null : { accountId, sessionUid: uid };
  }

  private session({ req, res }: Exchange): Promise<Session> {
    return this.provider().Session.get({ req, res } as never);
  }

  /**
   * Whether what comes back may still be used for it: this browser's session is the one it began with, and the
   * client's pushed request has not been answered in the meantime.
   */
  async isOpen(exchange: Exchange, interaction: Stored): Promise<boolean> {
    const session = await this.session(exchange);
    if (interaction.session && interaction.session.uid !== session.uid) return false;
    // An app may come without a push; its interaction is gone once it was answered.
    if (!interaction.parJti) return true;
    const pushed = await this.provider().PushedAuthorizationRequest.find(interaction.parJti, {
      ignoreExpiration: true,
    });
    return pushed !== undefined && !(pushed as { consumed?: unknown }).consumed;
  }

  /** Keeps a result and leaves the interaction. @returns where the browser goes on */
  async finish(exchange: Exchange, interaction: Interaction, result: InteractionResults | Ending): Promise<string> {
    const isError = 'error' in result;
    interaction.result = isError ? result : { ...interaction.lastSubmission, ...result };
    await interaction.save(interaction.exp - epochSeconds(new Date()));
    this.clearCookie(exchange.res, interaction.uid);
    return interaction.returnTo;
  }

  /** Signs her in; somebody else's session in this browser ends first, without a page in between. */
  async finishLogin(
    exchange: Exchange,
    interaction: Interaction,
    who: Readonly<{ accountId: string; level: AssuranceLevel; authTime: number; seen: Seen }>,
  ): Promise<string> {
    const session = await this.session(exchange);
    if (session.accountId && session.accountId !== who.accountId) {
      await session.destroy();
      interaction.session = undefined;
    }
    // When her city saw her, not when she came here: a session of ours is no fresher. Always said, because results are
    // merged into every later step, and without it the time of sign-in would move.
    const ts = Math.min(who.authTime, epochSeconds(new Date()));
    const login = { accountId: who.accountId, acr: acrOf(who.level), ts };
    return this.finish(exchange, interaction, { login, seen: who.seen });
  }

  /** One cookie for each interaction, with a path of its own: the library never clears it. */
  private clearCookie(res: Response, uid: string): void {
    const name = this.provider().cookieName('interaction');
    for (const cookie of [name, `${name}.sig`])
      res.clearCookie(cookie, { path: `/interaction/${uid}`, httpOnly: true });
  }
}
