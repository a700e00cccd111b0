import { Controller, Get, Inject, Options, Query, Req, Res } from '@nestjs/common';
import { Access, Answers, CONFIG } from '@bayway/service';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { ConsoleConfig } from '../config.js';
import { ResidentSessions } from '../sessions/sessions.service.js';
import { ConsentApi } from './consent-api.js';
import { ConsentSummaries, summarise } from './summary.js';
import { viewOf } from './view.js';

const Ask = z.strictObject({ ui_locales: z.string().max(100).optional() });

/**
 * What this place keeps, for the resident's own browser while it shows another place's portal. Only the three consoles
 * may read the answer, and only with her session here.
 */
@Controller('api/consents')
export class ConsentsApiController {
  constructor(
    @Inject(CONFIG) private readonly config: ConsoleConfig,
    @Inject(ResidentSessions) private readonly sessions: ResidentSessions,
    @Inject(ConsentApi) private readonly consents: ConsentApi,
  ) {}

  @Get()
  @Access('public')
  @Answers(ConsentSummaries)
  async list(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Query({ schema: Ask }) _query: unknown,
  ): Promise<z.infer<typeof ConsentSummaries>> {
    this.allowConsoles(request, response);
    const session = await this.sessions.require(request);
    const view = viewOf(request, this.config);
    const { items } = await this.consents.page(session, { limit: 50 });
    return { items: items.map((consent) => summarise(consent, view)), readAt: view.now.toISOString() };
  }

  @Options()
  @Access('public')
  @Answers(z.undefined())
  preflight(@Req() request: Request, @Res({ passthrough: true }) response: Response): void {
    this.allowConsoles(request, response);
    response.status(204);
  }

  private allowConsoles(request: Request, response: Response): void {
    response.vary('origin').setHeader('cache-control', 'no-store');
    const origin = request.headers.origin;
    const known = Object.values(this.config.CONSOLE_URLS).map((url) => new URL(url).origin);
    if (!origin || !known.includes(origin)) return;
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-allow-credentials', 'true');
  }
}
