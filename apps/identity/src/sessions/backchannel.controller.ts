import { Body, Controller, HttpCode, Inject, Logger, Post, Res } from '@nestjs/common';
import { signerOf } from '@bayway/contracts';
import { Access, Answers, CONFIG, Keys } from '@bayway/service';
import type { Response } from 'express';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { z } from 'zod';
import { BACKCHANNEL_LOGOUT, peerClientId } from '../clients/clients.js';
import type { IdentityConfig } from '../config.js';
import { Page } from '../sign-in/interaction.controller.js';
import { Upstreams, type Peer } from '../upstreams/upstreams.js';
import { Sessions } from './sessions.service.js';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** A log-out token is for now: an old one must not end a session that began since. */
const OLDEST_SECONDS = 150;

const Form = z.object({ logout_token: z.string().min(1).max(4_000) });
const Claims = z.object({
  sub: z.string().min(1).max(255),
  jti: z.string().min(1).max(100),
  events: z.object({ [EVENT]: z.object({}) }),
  nonce: z.undefined().optional(),
});

/**
 * A peer tells that a session there has ended: those that began here by way of it end too, and tell their own clients.
 * @see OpenID Connect Back-Channel Logout 1.0 sections 2.4 to 2.8
 */
@Controller(BACKCHANNEL_LOGOUT.slice(1))
export class BackchannelController {
  private readonly logger = new Logger('backchannel');

  @Inject(CONFIG) private readonly config!: IdentityConfig;
  @Inject(Keys) private readonly keys!: Keys;
  @Inject(Upstreams) private readonly upstreams!: Upstreams;
  @Inject(Sessions) private readonly sessions!: Sessions;

  @Post()
  @HttpCode(200)
  @Access('public')
  @Answers(Page)
  async ended(@Res() res: Response, @Body({ schema: Form }) form: z.infer<typeof Form>): Promise<void> {
    res.set('cache-control', 'no-store');
    const told = await this.verified(form.logout_token).catch(() => null);
    if (!told) {
      res.status(400).json({ error: 'invalid_request' });
      return;
    }
    const count = await this.sessions.endFrom(told.peer.id, told.sub);
    this.logger.log({ peer: told.peer.id, ended: count });
    res.status(200).end();
  }

  private async verified(token: string): Promise<{ peer: Peer; sub: string } | null> {
    const peer = this.upstreams.peers.find(({ issuer }) => issuer === decodeJwt(token).iss);
    if (!peer) return null;
    const found = this.keys.current().keysOf(signerOf(peer.id, 'identity'), 'oidc', new Date());
    const keys = found.map(({ kid, key }) => ({ ...key, kid, use: 'sig', alg: 'ES256' }));
    const { payload } = await jwtVerify(token, createLocalJWKSet({ keys }), {
      algorithms: ['ES256'],
      typ: 'logout+jwt',
      issuer: peer.issuer,
      audience: peerClientId(this.config.JURISDICTION),
      maxTokenAge: OLDEST_SECONDS,
    });
    return { peer, sub: Claims.parse(payload).sub };
  }
}
