import { Body, Controller, Get, Header, Inject, Param, Post, Query, Redirect, Req, UseFilters } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import { ConsentId } from '@bayway/domain';
import { renderPage } from '@bayway/design';
import { Access, Answers, CONFIG } from '@bayway/service';
import type { Request } from 'express';
import { createElement } from 'react';
import { z } from 'zod';
import type { ConsoleConfig } from '../config.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { ConsentApi } from './consent-api.js';
import { Detail } from './detail.js';
import { Home } from './home.js';
import { PageProblemFilter } from './page-problem.filter.js';
import { Welcome } from './plain.js';
import { Receipt } from './receipt.js';
import { summarise } from './summary.js';
import { viewOf } from './view.js';

/** A page, as text; bounded so that nothing unbounded is ever sent. */
export const Html = z.string().max(1_000_000);
const Ask = z.looseObject({
  ui_locales: z.string().max(100).optional(),
  text: z.string().max(10).optional(),
  withdraw: z.string().max(10).optional(),
});
const Confirm = z.strictObject({ csrf: z.string().length(43) });
const HTML = 'text/html; charset=utf-8';

/** The residents' portal: complete pages, no script needed. */
@Controller()
@UseFilters(PageProblemFilter)
export class PortalController {
  constructor(
    @Inject(CONFIG) private readonly config: ConsoleConfig,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(ConsentApi) private readonly consents: ConsentApi,
  ) {}

  @Get()
  @Access('public')
  @Header('content-type', HTML)
  @Answers(Html)
  async home(@Req() request: Request, @Query({ schema: Ask }) _query: unknown): Promise<string> {
    const view = viewOf(request, this.config.BASE_URL);
    const session = await this.sessions.of(request);
    if (!session) return renderPage(createElement(Welcome, { view }));
    const { items } = await this.consents.page(session);
    const consents = items.map((consent) => summarise(consent, { ...view, base: this.config.BASE_URL }));
    const props = { view, here: this.config.JURISDICTION, consoles: this.config.CONSOLE_URLS, session, consents };
    return renderPage(createElement(Home, props));
  }

  @Get('consents/:id')
  @Access('public')
  @Header('content-type', HTML)
  @Answers(Html)
  async consent(
    @Req() request: Request,
    @Param('id', { schema: ConsentId }) id: string,
    @Query({ schema: Ask }) query: z.infer<typeof Ask>,
  ): Promise<string> {
    const session = await this.sessions.require(request);
    const consent = await this.consents.one(session, id);
    const view = viewOf(request, this.config.BASE_URL);
    return renderPage(createElement(Detail, { view, consent, session, withdrawOpen: query.withdraw === 'open' }));
  }

  /** The receipt, made to be printed. */
  @Get('consents/:id/receipt')
  @Access('public')
  @Header('content-type', HTML)
  @Answers(Html)
  async receipt(
    @Req() request: Request,
    @Param('id', { schema: ConsentId }) id: string,
    @Query({ schema: Ask }) _query: unknown,
  ): Promise<string> {
    const session = await this.sessions.require(request);
    const view = viewOf(request, this.config.BASE_URL);
    const receipt = await this.consents.receipt(session, id, view.language);
    return renderPage(createElement(Receipt, { view, receipt, session }));
  }

  /** The second click. The page it leads to says what happened. */
  @Post('consents/:id/withdrawal')
  @Access('public')
  @Answers(z.object({ url: z.string().max(200) }))
  @Redirect('/', 303)
  async withdraw(
    @Req() request: Request,
    @Param('id', { schema: ConsentId }) id: string,
    @Body({ schema: Confirm }) body: z.infer<typeof Confirm>,
  ): Promise<{ url: string }> {
    const session = await this.sessions.requireForm(request, body.csrf);
    await this.consents.withdraw(session, id).catch((error: unknown) => {
      if (!(error instanceof DomainError && error.code === 'consent-already-withdrawn')) throw error;
    });
    return { url: `/consents/${id}?ui_locales=${viewOf(request, this.config.BASE_URL).language}` };
  }
}
