import { createElement } from 'react';
import { Body, Controller, Get, Inject, Param, Post, Query, Res, UseFilters } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import { Access, Answers } from '@bayway/service';
import type { Response } from 'express';
import { z } from 'zod';
import { Links } from '../linking/links.service.js';
import { Interactions, type SignedIn } from '../oidc/interactions.js';
import { AccountPage, SignInFirstPage } from '../pages/account.js';
import { htmlOf, PAGE_HEADERS, PageContext } from '../pages/page-context.js';
import { PageProblemFilter } from '../pages/page-problem.filter.js';
import { Secrets } from '../secrets.js';
import { Page } from '../sign-in/interaction.controller.js';
import { Account } from './account.service.js';

const Target = z.union([z.uuid(), z.literal('others')]);
const Form = z.object({ csrf: z.string().max(100).default('') });
const Done = z.object({ done: z.enum(['ended', 'unbound']).optional() });
type Form = z.infer<typeof Form>;

/** Her own sign-ins and links, for whoever is signed in in this browser. */
@Controller('account')
@UseFilters(PageProblemFilter)
export class AccountController {
  @Inject(Interactions) private readonly interactions!: Interactions;
  @Inject(Account) private readonly account!: Account;
  @Inject(Links) private readonly links!: Links;
  @Inject(PageContext) private readonly pages!: PageContext;
  @Inject(Secrets) private readonly secrets!: Secrets;

  @Get()
  @Access('public')
  @Answers(Page)
  async show(@Res() res: Response, @Query({ schema: Done }) { done = undefined }: z.infer<typeof Done>): Promise<void> {
    const who = await this.interactions.signedIn({ req: res.req, res });
    const view = this.pages.view(res.req);
    if (!who) {
      res
        .status(401)
        .set(PAGE_HEADERS)
        .send(htmlOf(createElement(SignInFirstPage, { view })));
      return;
    }
    const shown = await this.account.of(who);
    const page = createElement(AccountPage, {
      view,
      csrf: this.csrf(who),
      now: new Date(),
      ...shown,
      done: done ?? null,
    });
    res.set(PAGE_HEADERS).send(htmlOf(page));
  }

  @Post('sessions/:id/end')
  @Access('public')
  @Answers(Page)
  endSession(
    @Res() res: Response,
    @Param('id', { schema: Target }) id: string,
    @Body({ schema: Form }) form: Form,
  ): Promise<void> {
    const work = (who: SignedIn): Promise<void> =>
      id === 'others' ? this.account.endOthers(who) : this.account.end(who, id);
    return this.change(res, form, { done: 'ended', work });
  }

  @Post('links/:id/unbind')
  @Access('public')
  @Answers(Page)
  unbind(
    @Res() res: Response,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: Form }) form: Form,
  ): Promise<void> {
    return this.change(res, form, { done: 'unbound', work: ({ accountId }) => this.links.unbind(accountId, id) });
  }

  /** A form of another site, of another session or of nobody changes nothing. */
  private async change(res: Response, { csrf }: Form, { done, work }: Change): Promise<void> {
    const who = await this.interactions.signedIn({ req: res.req, res });
    if (!who) throw new DomainError('token-missing');
    if (!this.secrets.macMatches('forms', formOf(who), csrf)) throw new DomainError('access-denied');
    await work(who);
    res.set('cache-control', 'no-store').redirect(303, `/account?done=${done}`);
  }

  private csrf(who: SignedIn): string {
    return this.secrets.mac('forms', formOf(who));
  }
}

type Change = Readonly<{ done: 'ended' | 'unbound'; work: (who: SignedIn) => Promise<void> }>;

const formOf = ({ sessionUid }: SignedIn): string => `account\n${sessionUid}`;
