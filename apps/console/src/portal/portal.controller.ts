import { Controller, Get, Header, HttpCode, Inject, Query, Req, UseFilters } from '@nestjs/common';
import { Access, Answers, CONFIG } from '@bayway/service';
import type { Request } from 'express';
import { z } from 'zod';
import type { ConsoleConfig } from '../config.js';
import { ResidentSessions } from '../sessions/sessions.service.js';
import { All } from './all.js';
import { Waiting } from './asks.js';
import { ConsentApi } from './consent-api.js';
import { happeningsIn, Uses } from './happenings.js';
import { Help } from './help.js';
import { Home } from './home.js';
import { PageProblemFilter } from './page-problem.filter.js';
import { Ask, Html, HTML, Pages } from './pages.service.js';
import { Welcome } from './plain.js';
import { summarise } from './summary.js';

/** As many as the home page and the list of uses look at. */
const MOST = 50;
const ON_A_PAGE = 12;

/** The residents' portal: complete pages, no script needed. */
@Controller()
@UseFilters(PageProblemFilter)
export class PortalController {
  @Inject(CONFIG) private readonly config!: ConsoleConfig;
  @Inject(Pages) private readonly pages!: Pages;
  @Inject(ResidentSessions) private readonly sessions!: ResidentSessions;
  @Inject(ConsentApi) private readonly consents!: ConsentApi;

  @Get()
  @Access('public')
  @Header('content-type', HTML)
  @Answers(Html)
  async home(@Req() request: Request, @Query({ schema: Ask }) _query: Ask): Promise<string> {
    const asked = await this.pages.asked(request);
    if (!asked) return this.pages.render(Welcome, { view: this.pages.view(request) });
    const { view, session, signedIn } = asked;
    const [{ items }, asks] = await Promise.all([
      this.consents.page(session, { limit: MOST }),
      this.consents.waiting(session),
    ]);
    return this.pages.render(Home, {
      view,
      here: this.config.JURISDICTION,
      consoles: this.config.CONSOLE_URLS,
      signedIn,
      consents: items.map((consent) => summarise(consent, view)),
      asks: asks.items,
      happenings: happeningsIn(items, view),
    });
  }

  @Get('waiting')
  @Access('public')
  @Header('content-type', HTML)
  @Answers(Html)
  async waiting(@Req() request: Request, @Query({ schema: Ask }) _query: Ask): Promise<string> {
    const { view, session, signedIn } = await this.pages.hers(request);
    const { items } = await this.consents.waiting(session);
    return this.pages.render(Waiting, { view, asks: items, signedIn });
  }

  @Get('consents')
  @Access('public')
  @Header('content-type', HTML)
  @Answers(Html)
  async all(@Req() request: Request, @Query({ schema: Ask }) { after }: Ask): Promise<string> {
    const { view, session, signedIn } = await this.pages.hers(request);
    const { items, total, next } = await this.consents.page(session, { after, limit: ON_A_PAGE });
    const consents = items.map((consent) => summarise(consent, view));
    return this.pages.render(All, { view, here: this.config.JURISDICTION, signedIn, consents, total, next });
  }

  @Get('uses')
  @Access('public')
  @Header('content-type', HTML)
  @Answers(Html)
  async uses(@Req() request: Request, @Query({ schema: Ask }) _query: Ask): Promise<string> {
    const { view, session, signedIn } = await this.pages.hers(request);
    const { items, total } = await this.consents.page(session, { limit: MOST });
    const { JURISDICTION: here, CONSOLE_URLS: consoles } = this.config;
    return this.pages.render(Uses, { view, here, consoles, consents: items, total, signedIn });
  }

  @Get('help')
  @Access('public')
  @Header('content-type', HTML)
  @Answers(Html)
  async help(@Req() request: Request, @Query({ schema: Ask }) _query: Ask): Promise<string> {
    const asked = await this.pages.asked(request);
    return this.pages.render(Help, { view: this.pages.view(request), signedIn: asked?.signedIn ?? null });
  }

  /** She is still there: an idle session goes on. */
  @Get('stay')
  @Access('public')
  @HttpCode(204)
  @Answers(z.undefined())
  async stay(@Req() request: Request): Promise<void> {
    await this.sessions.require(request);
  }
}
