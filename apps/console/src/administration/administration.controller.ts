import { All, Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { DomainError, NoticeId, NoticePreview, ROLES } from '@bayway/contracts';
import { Jurisdiction, Language } from '@bayway/domain';
import { Page, renderPage } from '@bayway/design';
import { randomName } from '@bayway/envelope';
import { Access, Answers, CONFIG } from '@bayway/service';
import type { Request, Response } from 'express';
import { createElement } from 'react';
import { z } from 'zod';
import { SESSION_LIFE_MS, SIGN_IN_MS, type ConsoleConfig } from '../config.js';
import { clearCookie, readCookie, writeCookie } from '../cookies.js';
import { PageProblemFilter } from '../portal/page-problem.filter.js';
import { languageOfRequest } from '../portal/view.js';
import { AdministratorSessions, type Session } from '../sessions/sessions.service.js';
import { AdministratorClient } from '../sign-in/oidc-client.js';
import { AdministratorSignIn, safePath } from '../sign-in/sign-in.service.js';
import { Administration, problemIn, type Sent } from './administration.service.js';
import { Live } from './live.service.js';
import { shell, shellPolicy } from './web.js';

const Begin = z.looseObject({ return_to: z.string().max(400).optional() });
const Returned = z.looseObject({ state: z.string().min(1).max(200) });
const Previewed = z.strictObject({ id: NoticeId, language: Language });
const Anything = z.looseObject({});
const Rest = z.union([z.string().max(300), z.array(z.string().max(100)).max(10)]);

/** Who is signed in, for the console's pages. No token is in it. */
const Me = z.object({
  name: z.string(),
  subject: z.string(),
  jurisdiction: Jurisdiction,
  roles: z.array(z.enum(ROLES)),
  csrf: z.string(),
});

/** What administrators send carries the session's own token in a header that no form of another site can set. */
const CSRF = 'x-csrf';
/** What a page reads again by itself says so. */
const REFRESH = 'x-refresh';

/** The administrators' console: signing in, its one page, and what that page asks for. */
@Controller('console')
export class AdministrationController {
  @Inject(CONFIG) private readonly config!: ConsoleConfig;
  @Inject(AdministratorSignIn) private readonly signIns!: AdministratorSignIn;
  @Inject(AdministratorSessions) private readonly sessions!: AdministratorSessions;
  @Inject(AdministratorClient) private readonly oidc!: AdministratorClient;
  @Inject(Administration) private readonly administration!: Administration;
  @Inject(Live) private readonly live!: Live;

  @Get('sign-in')
  @Access('public')
  @UseFilters(PageProblemFilter)
  @Answers(z.undefined())
  async signIn(
    @Req() request: Request,
    @Query({ schema: Begin }) query: z.infer<typeof Begin>,
    @Res() response: Response,
  ): Promise<void> {
    if (this.config.ADMINISTRATION_CLIENT_ID === undefined) throw new DomainError('route-not-found');
    const wanted = safePath(query.return_to);
    const returnTo = wanted.startsWith('/console') ? wanted : '/console';
    const { url, cookie } = await this.signIns.begin(returnTo, languageOfRequest(request, this.config));
    writeCookie(response, { name: this.sessions.signInCookie, value: cookie, maxAgeMs: SIGN_IN_MS });
    response.redirect(303, url);
  }

  @Get('cb')
  @Access('public')
  @UseFilters(PageProblemFilter)
  @Answers(z.undefined())
  async callback(
    @Req() request: Request,
    @Query({ schema: Returned }) _query: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const cookie = readCookie(request, this.sessions.signInCookie);
    const { signed, returnTo } = await this.signIns.finish(request.originalUrl, cookie);
    clearCookie(response, this.sessions.signInCookie);
    const value = await this.sessions.begin(signed.subject, signed.name, signed.tokens);
    writeCookie(response, { name: this.sessions.cookie, value, maxAgeMs: SESSION_LIFE_MS });
    response.redirect(303, returnTo);
  }

  @Post('sign-out')
  @Access('public')
  @Answers(z.object({ url: z.string().max(4_000) }))
  async signOut(
    @Req() request: Request,
    @Body({ schema: Anything }) _body: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ url: string }> {
    const session = await this.steering(request);
    await this.sessions.end(session.id);
    clearCookie(response, this.sessions.cookie);
    return { url: await this.oidc.endUrl(session) };
  }

  @Get('api/me')
  @Access('public')
  @Answers(Me)
  async me(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<z.infer<typeof Me>> {
    response.setHeader('cache-control', 'no-store');
    const session = await this.sessions.require(request);
    const { name, subject, csrf } = session;
    const roles = this.administration.rolesOf(session);
    return { name, subject, csrf, roles, jurisdiction: this.config.JURISDICTION };
  }

  /** A notice as a resident would read it, in the frame of her pages. */
  @Get('preview')
  @Access('public')
  @UseFilters(PageProblemFilter)
  @Answers(z.undefined())
  async preview(
    @Req() request: Request,
    @Query({ schema: Previewed }) { language }: z.infer<typeof Previewed>,
    @Res() response: Response,
  ): Promise<void> {
    const session = await this.sessions.require(request);
    const query = new URL(request.originalUrl, this.config.BASE_URL).search;
    const answer = await this.administration.ask(session, { ...GET, path: 'notices/preview', query });
    if (answer.status !== 200) throw problemIn(answer.body);
    const { title, html } = NoticePreview.parse(JSON.parse(answer.body));
    const notice = createElement('div', { dangerouslySetInnerHTML: { __html: html } });
    const children = createElement('fieldset', { className: 'shown', disabled: true }, notice);
    const page = { language, url: request.originalUrl, title, languages: [language], home: '/console', children };
    response.type('text/html').send(renderPage(createElement(Page, page)));
  }

  /** Says when something happened, until the page is left or the session ends. */
  @Get('api/events')
  @Access('public')
  @Answers(z.undefined())
  async events(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.sessions.require(request);
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 5000\n\n');
    const leave = this.live.listen({
      session: () => this.sessions.glance(request),
      tell: (event) => void response.write(`event: ${event}\ndata:\n\n`),
      end: () => void response.end(),
    });
    response.once('close', leave);
  }

  // eslint-disable-next-line max-params -- Nest hands a route its parts one by one
  @All('api/*rest')
  @Access('public')
  @Answers(z.undefined())
  async api(
    @Req() request: Request,
    @Param('rest', { schema: Rest }) rest: z.infer<typeof Rest>,
    @Body({ schema: z.unknown() }) body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const method = request.method as Sent['method'];
    const session = method === 'GET' ? await this.reading(request) : await this.steering(request);
    const path = Array.isArray(rest) ? rest.join('/') : rest;
    const query = new URL(request.originalUrl, this.config.BASE_URL).search;
    const answer = await this.administration.ask(session, { method, path, query, body });
    response.status(answer.status).setHeader('cache-control', 'no-store');
    for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
    response.send(answer.body);
  }

  /** The one page of the console, whatever its address says. */
  @Get(['', '*rest'])
  @Access('public')
  @UseFilters(PageProblemFilter)
  @Answers(z.undefined())
  async page(
    @Req() request: Request,
    @Query({ schema: Anything }) _query: unknown,
    @Res() response: Response,
  ): Promise<void> {
    if (!(await this.sessions.of(request))) {
      response.redirect(303, `/console/sign-in?return_to=${encodeURIComponent(request.originalUrl)}`);
      return;
    }
    const nonce = randomName();
    const html = shell({ nonce, language: languageOfRequest(request, this.config) });
    if (html === null) throw new DomainError('service-unavailable');
    response.setHeader('content-security-policy', shellPolicy(nonce)).setHeader('cache-control', 'no-store');
    response.type('text/html').send(html);
  }

  /** The session of somebody who reads; a page that reads again by itself keeps nobody signed in. */
  private async reading(request: Request): Promise<Session> {
    if (request.header(REFRESH) === undefined) return this.sessions.require(request);
    const session = await this.sessions.glance(request);
    if (!session) throw new DomainError('token-missing');
    return session;
  }

  /** The session of somebody who changes something. @throws DomainError `access-denied` without its token */
  private steering(request: Request): Promise<Session> {
    return this.sessions.requireForm(request, request.header(CSRF) ?? '');
  }
}

const GET = { method: 'GET', body: undefined } as const;
