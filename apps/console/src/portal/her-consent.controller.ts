import {
  Body,
  Controller,
  Get,
  Header,
  Inject,
  Param,
  Post,
  Query,
  Redirect,
  Req,
  StreamableFile,
  UseFilters,
} from '@nestjs/common';
import { DomainError, KeptReceipt } from '@bayway/contracts';
import { ConsentId, DataRequestId } from '@bayway/domain';
import { Access, Answers, CONFIG } from '@bayway/service';
import type { Request } from 'express';
import { z } from 'zod';
import type { ConsoleConfig } from '../config.js';
import { ResidentSessions } from '../sessions/sessions.service.js';
import { ConsentApi } from './consent-api.js';
import { Detail } from './detail.js';
import { PageProblemFilter } from './page-problem.filter.js';
import { Ask, Confirm, Html, HTML, Pages, Redirected } from './pages.service.js';
import { NoticeAsShown, Receipt } from './receipt.js';

const Objection = Confirm.extend({
  about: z.enum(['wrong', 'not-mine']),
  use: z.union([z.literal(''), DataRequestId]).optional(),
});
type Confirm = z.infer<typeof Confirm>;

/** One consent of hers: looking, withdrawing, pausing, and saying that something is wrong. */
@Controller('consents/:id')
@UseFilters(PageProblemFilter)
export class HerConsentController {
  @Inject(CONFIG) private readonly config!: ConsoleConfig;
  @Inject(Pages) private readonly pages!: Pages;
  @Inject(ResidentSessions) private readonly sessions!: ResidentSessions;
  @Inject(ConsentApi) private readonly consents!: ConsentApi;

  @Get()
  @Access('public')
  @Header('content-type', HTML)
  @Answers(Html)
  async consent(
    @Req() request: Request,
    @Param('id', { schema: ConsentId }) id: string,
    @Query({ schema: Ask }) query: Ask,
  ): Promise<string> {
    const { view, session, signedIn } = await this.pages.hers(request);
    const [consent, objections, refusals] = await Promise.all([
      this.consents.one(session, id),
      this.consents.objections(session, id),
      // What another service tells; she must be able to look and withdraw also while it is away.
      this.consents.refusals(session, id).catch(() => null),
    ]);
    const evidence = this.config.EVIDENCE_URLS[this.config.JURISDICTION];
    return this.pages.render(Detail, {
      view,
      consent,
      signedIn,
      objections: objections.items,
      refusals: refusals?.items ?? null,
      withdrawOpen: query.withdraw === 'open',
      here: this.config.JURISDICTION,
      keys: `${evidence}/key-directory`,
      verifier: `${evidence}/verify`,
    });
  }

  /** The receipt, made to be printed. */
  @Get('receipt')
  @Access('public')
  @Header('content-type', HTML)
  @Answers(Html)
  async receipt(
    @Req() request: Request,
    @Param('id', { schema: ConsentId }) id: string,
    @Query({ schema: Ask }) _query: Ask,
  ): Promise<string> {
    const { view, session, signedIn } = await this.pages.hers(request);
    const receipt = await this.consents.receipt(session, id, view.language);
    return this.pages.render(Receipt, { view, receipt, signedIn });
  }

  /** The receipt with what it speaks of, to be checked without us. */
  @Get('receipt.json')
  @Access('public')
  @Header('cache-control', 'no-store')
  @Header('content-disposition', 'attachment; filename="receipt.json"')
  @Answers(KeptReceipt)
  async kept(
    @Req() request: Request,
    @Param('id', { schema: ConsentId }) id: string,
  ): Promise<z.infer<typeof KeptReceipt>> {
    return this.consents.kept(await this.sessions.require(request), id);
  }

  /** The evidence of one use, or of one refusal, to be verified without us. */
  @Get('exchanges/:request/evidence.json')
  @Access('public')
  @Header('cache-control', 'no-store')
  @Header('content-disposition', 'attachment; filename="evidence.json"')
  @Answers(z.instanceof(StreamableFile))
  async evidence(
    @Req() request: Request,
    @Param('id', { schema: ConsentId }) id: string,
    @Param('request', { schema: DataRequestId }) dataRequest: string,
  ): Promise<StreamableFile> {
    const bytes = await this.consents.evidence(await this.sessions.require(request), id, dataRequest);
    return new StreamableFile(bytes, { type: 'application/json', length: bytes.length });
  }

  /** What she was shown when she answered, word for word. */
  @Get('notice')
  @Access('public')
  @Header('content-type', HTML)
  @Answers(Html)
  async notice(
    @Req() request: Request,
    @Param('id', { schema: ConsentId }) id: string,
    @Query({ schema: Ask }) _query: Ask,
  ): Promise<string> {
    const { view, session, signedIn } = await this.pages.hers(request);
    const [consent, { shown }] = await Promise.all([this.consents.one(session, id), this.consents.kept(session, id)]);
    return this.pages.render(NoticeAsShown, { view, consent, shown, signedIn });
  }

  /** The second click. The page it leads to says what happened. */
  @Post('withdrawal')
  @Access('public')
  @Answers(Redirected)
  @Redirect('/', 303)
  withdraw(
    @Req() request: Request,
    @Param('id', { schema: ConsentId }) id: string,
    @Body({ schema: Confirm }) { csrf }: Confirm,
  ): Promise<{ url: string }> {
    return this.act(request, { id, csrf, what: 'withdrawal', done: 'consent-already-withdrawn' });
  }

  @Post('pause')
  @Access('public')
  @Answers(Redirected)
  @Redirect('/', 303)
  pause(
    @Req() request: Request,
    @Param('id', { schema: ConsentId }) id: string,
    @Body({ schema: Confirm }) { csrf }: Confirm,
  ): Promise<{ url: string }> {
    return this.act(request, { id, csrf, what: 'pause' });
  }

  @Post('resumption')
  @Access('public')
  @Answers(Redirected)
  @Redirect('/', 303)
  resume(
    @Req() request: Request,
    @Param('id', { schema: ConsentId }) id: string,
    @Body({ schema: Confirm }) { csrf }: Confirm,
  ): Promise<{ url: string }> {
    return this.act(request, { id, csrf, what: 'resumption' });
  }

  /** "This is wrong", about the whole or one use. */
  @Post('objections')
  @Access('public')
  @Answers(Redirected)
  @Redirect('/', 303)
  async object(
    @Req() request: Request,
    @Param('id', { schema: ConsentId }) id: string,
    @Body({ schema: Objection }) { csrf, about, use }: z.infer<typeof Objection>,
  ): Promise<{ url: string }> {
    const session = await this.sessions.requireForm(request, csrf);
    await this.consents.object(session, id, { about, ...(use ? { dataRequestId: use } : {}) });
    return { url: `/consents/${id}#wrong` };
  }

  /** @param todo.done the answer that says that it has been done before: as good as done now */
  private async act(
    request: Request,
    { id, csrf, what, done }: { id: string; csrf: string; what: Parameters<ConsentApi['act']>[2]; done?: string },
  ): Promise<{ url: string }> {
    const session = await this.sessions.requireForm(request, csrf);
    await this.consents.act(session, id, what).catch((error: unknown) => {
      if (!(error instanceof DomainError && error.code === done)) throw error;
    });
    return { url: `/consents/${id}` };
  }
}
