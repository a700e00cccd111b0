import { createElement } from 'react';
import { Body, Controller, Get, Inject, Param, Post, Res, UseFilters } from '@nestjs/common';
import { Access, Answers } from '@bayway/service';
import type { Response } from 'express';
import { z } from 'zod';
import { Ask, leavingEnding } from '../acts/ask.service.js';
import { Interactions, type Exchange } from '../oidc/interactions.js';
import { htmlOf, PAGE_HEADERS, PageContext } from '../pages/page-context.js';
import { EndedPage } from '../pages/plain.js';
import { PageProblemFilter } from '../pages/page-problem.filter.js';
import { Releases } from '../releases/releases.service.js';
import { Border } from './border.service.js';
import { stoppedEnding } from './refusals.js';
import { Requests, type Reply, type Waiting } from './request.service.js';
import { SignIn } from './sign-in.service.js';

const Uid = z.string().regex(/^[A-Za-z0-9_-]{20,60}$/);
const UpstreamId = z.string().regex(/^[a-z][a-z-]{1,39}$/);
/** What is answered is sent by the handler itself. */
export const Page = z.undefined();
const Form = z.record(z.string().max(80), z.union([z.string().max(4_000), z.array(z.string().max(200)).max(20)]));
type Form = z.infer<typeof Form>;

/** Pages and forms of an authorization request that waits for her. */
@Controller('interaction/:uid')
@UseFilters(PageProblemFilter)
export class InteractionController {
  @Inject(Interactions) private readonly interactions!: Interactions;
  @Inject(Requests) private readonly requests!: Requests;
  @Inject(SignIn) private readonly signIn!: SignIn;
  @Inject(Border) private readonly border!: Border;
  @Inject(Ask) private readonly ask!: Ask;
  @Inject(Releases) private readonly releases!: Releases;
  @Inject(PageContext) private readonly pages!: PageContext;

  @Get()
  @Access('public')
  @Answers(Page)
  show(@Res() res: Response, @Param('uid', { schema: Uid }) uid: string): Promise<void> {
    return this.reply(res, uid, (exchange, waiting) => this.begin(exchange, waiting));
  }

  private async begin(exchange: Exchange, waiting: Waiting): Promise<Reply> {
    switch (waiting.interaction.prompt.name) {
      case 'login':
        return this.signIn.begin(exchange, waiting);
      case 'border':
        return this.border.begin(exchange, waiting);
      case 'ask':
        return this.ask.show(exchange, waiting);
      default:
        return this.releases.show(exchange, waiting);
    }
  }

  @Get('to/:upstream')
  @Access('public')
  @Answers(Page)
  choose(
    @Res() res: Response,
    @Param('uid', { schema: Uid }) uid: string,
    @Param('upstream', { schema: UpstreamId }) upstream: string,
  ): Promise<void> {
    return this.reply(res, uid, async (exchange, waiting) =>
      waiting.interaction.prompt.name === 'login'
        ? this.signIn.choose(exchange, waiting, upstream)
        : { redirect: waiting.base },
    );
  }

  @Post('answers')
  @Access('public')
  @Answers(Page)
  answers(
    @Res() res: Response,
    @Param('uid', { schema: Uid }) uid: string,
    @Body({ schema: Form }) form: Form,
  ): Promise<void> {
    return this.replyToForm(res, { uid, form }, async (exchange, waiting) =>
      isAsk(waiting) ? this.ask.answer(exchange, waiting, form) : { redirect: waiting.base },
    );
  }

  @Post('later')
  @Access('public')
  @Answers(Page)
  later(
    @Res() res: Response,
    @Param('uid', { schema: Uid }) uid: string,
    @Body({ schema: Form }) form: Form,
  ): Promise<void> {
    return this.replyToForm(res, { uid, form }, async (exchange, waiting) =>
      isAsk(waiting) ? this.ask.later(exchange, waiting, form) : { redirect: waiting.base },
    );
  }

  @Post('release')
  @Access('public')
  @Answers(Page)
  release(
    @Res() res: Response,
    @Param('uid', { schema: Uid }) uid: string,
    @Body({ schema: Form }) form: Form,
  ): Promise<void> {
    return this.replyToForm(res, { uid, form }, (exchange, waiting) =>
      this.releases.decide(exchange, waiting, { name: form['release.name'] === 'yes' }),
    );
  }

  @Post('cancel')
  @Access('public')
  @Answers(Page)
  cancel(
    @Res() res: Response,
    @Param('uid', { schema: Uid }) uid: string,
    @Body({ schema: Form }) form: Form,
  ): Promise<void> {
    return this.replyToForm(res, { uid, form }, async (exchange, waiting) => {
      const { refused } = waiting.step;
      const ending = stoppedEnding(refused) ?? leavingEnding(refused);
      return { redirect: await this.interactions.finish(exchange, waiting.interaction, ending) };
    });
  }

  /** What another page sent, or a form of another interaction, leads back and changes nothing. */
  private replyToForm(res: Response, { uid, form }: Readonly<{ uid: string; form: Form }>, work: Work): Promise<void> {
    return this.reply(res, uid, async (exchange, waiting) =>
      this.requests.isOwnForm(uid, form.csrf) ? work(exchange, waiting) : { redirect: waiting.base },
    );
  }

  private async reply(res: Response, uid: string, work: Work): Promise<void> {
    const exchange = { req: res.req, res };
    const interaction = await this.interactions.load(exchange, uid);
    const waiting = interaction && (await this.requests.read(exchange, interaction));
    if (!waiting) {
      const page = htmlOf(createElement(EndedPage, { view: this.pages.view(res.req) }));
      res.status(400).set(PAGE_HEADERS).send(page);
      return;
    }
    sendReply(res, await work(exchange, waiting));
  }
}

const isAsk = ({ interaction }: Waiting): boolean => interaction.prompt.name === 'ask';

type Work = (exchange: Exchange, waiting: Waiting) => Promise<Reply>;

/** Sends a page or leads on; never cached, for each is about one moment. */
export function sendReply(res: Response, reply: Reply): void {
  if ('redirect' in reply) res.set('cache-control', 'no-store').redirect(303, reply.redirect);
  else
    res
      .status(reply.status ?? 200)
      .set(PAGE_HEADERS)
      .send(reply.page);
}
