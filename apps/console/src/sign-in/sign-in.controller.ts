import { Body, Controller, Get, Inject, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { Access, Answers, CONFIG } from '@bayway/service';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { SESSION_LIFE_MS, SIGN_IN_MS, type ConsoleConfig } from '../config.js';
import { clearCookie, readCookie, writeCookie } from '../cookies.js';
import { PageProblemFilter } from '../portal/page-problem.filter.js';
import { languageOfRequest } from '../portal/view.js';
import { ResidentSessions } from '../sessions/sessions.service.js';
import { ResidentClient } from './oidc-client.js';
import { ResidentSignIn, safePath } from './sign-in.service.js';

const Begin = z.looseObject({ return_to: z.string().max(400).optional() });
/** The provider's answer; openid-client checks every member. */
const Returned = z.looseObject({ state: z.string().min(1).max(200) });
const SignOut = z.strictObject({ csrf: z.string().length(43) });

/** Sign-in at this jurisdiction's OpenID provider, with the identity of one's own city. */
@Controller()
@UseFilters(PageProblemFilter)
export class SignInController {
  @Inject(ResidentSignIn) private readonly signIns!: ResidentSignIn;
  @Inject(ResidentSessions) private readonly sessions!: ResidentSessions;
  @Inject(ResidentClient) private readonly oidc!: ResidentClient;
  @Inject(CONFIG) private readonly config!: ConsoleConfig;

  @Get('sign-in')
  @Access('public')
  @Answers(z.undefined())
  async begin(
    @Req() request: Request,
    @Query({ schema: Begin }) query: z.infer<typeof Begin>,
    @Res() response: Response,
  ): Promise<void> {
    const language = languageOfRequest(request, this.config);
    const returnTo = query.return_to === undefined ? `/?ui_locales=${language}` : safePath(query.return_to);
    const { url, cookie } = await this.signIns.begin(returnTo, language);
    writeCookie(response, { name: this.sessions.signInCookie, value: cookie, maxAgeMs: SIGN_IN_MS });
    response.redirect(303, url);
  }

  @Get('cb')
  @Access('public')
  @Answers(z.undefined())
  async callback(
    @Req() request: Request,
    @Query({ schema: Returned }) _query: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const { signed, returnTo } = await this.signIns.finish(
      request.originalUrl,
      readCookie(request, this.sessions.signInCookie),
    );
    clearCookie(response, this.sessions.signInCookie);
    const value = await this.sessions.begin(signed.subject, signed.name, signed.tokens);
    writeCookie(response, { name: this.sessions.cookie, value, maxAgeMs: SESSION_LIFE_MS });
    response.redirect(303, returnTo);
  }

  @Post('sign-out')
  @Access('public')
  @Answers(z.undefined())
  async signOut(
    @Req() request: Request,
    @Body({ schema: SignOut }) body: z.infer<typeof SignOut>,
    @Res() response: Response,
  ): Promise<void> {
    const session = await this.sessions.requireForm(request, body.csrf);
    await this.sessions.end(session.id);
    clearCookie(response, this.sessions.cookie);
    response.redirect(303, await this.oidc.endUrl(session));
  }
}
