import { Inject, Injectable } from '@nestjs/common';
import { renderPage } from '@bayway/design';
import { CONFIG } from '@bayway/service';
import type { Request } from 'express';
import { createElement, type FunctionComponent } from 'react';
import { z } from 'zod';
import type { ConsoleConfig } from '../config.js';
import { ResidentSessions, type Session } from '../sessions/sessions.service.js';
import { ConsentApi } from './consent-api.js';
import type { Counts, SignedIn } from './frame.js';
import { viewOf, type View } from './view.js';

/** A page, as text; bounded so that nothing unbounded is ever sent. */
export const Html = z.string().max(1_000_000);
export const HTML = 'text/html; charset=utf-8';
/** What every address of a page may carry. */
export const Ask = z.looseObject({
  ui_locales: z.string().max(100).optional(),
  text: z.string().max(10).optional(),
  after: z.string().max(100).optional(),
  withdraw: z.string().max(10).optional(),
  saved: z.string().max(10).optional(),
});
export type Ask = z.infer<typeof Ask>;
/** Where a form leads: the page that says what happened. */
export const Redirected = z.object({ url: z.string().max(200) });
/** A form that says nothing but that it is hers. */
export const Confirm = z.strictObject({ csrf: z.string().length(43) });

/** Who asks for a page, and how it is to be shown to her. */
export type Asked = Readonly<{ view: View; session: Session; signedIn: SignedIn }>;

/** What all pages of the portal begin with. */
@Injectable()
export class Pages {
  constructor(
    @Inject(CONFIG) private readonly config: ConsoleConfig,
    @Inject(ResidentSessions) private readonly sessions: ResidentSessions,
    @Inject(ConsentApi) private readonly consents: ConsentApi,
  ) {}

  view(request: Request): View {
    return viewOf(request, this.config);
  }

  /** For a page that anybody may see. */
  async asked(request: Request): Promise<Asked | null> {
    const session = await this.sessions.of(request);
    return session ? this.of(request, session) : null;
  }

  /** For a page of hers. @throws DomainError `token-missing` */
  async hers(request: Request): Promise<Asked> {
    return this.of(request, await this.sessions.require(request));
  }

  render<P extends object>(page: FunctionComponent<P>, props: P): string {
    return renderPage(createElement(page, props));
  }

  private async of(request: Request, session: Session): Promise<Asked> {
    const counts = await this.counts(session).catch(() => null);
    const { csrf, name } = session;
    const account = new URL('/account', this.config.ISSUERS[this.config.JURISDICTION]).href;
    return { view: this.view(request), session, signedIn: { csrf, name, counts, account } };
  }

  private async counts(session: Session): Promise<Counts> {
    const [asks, inbox] = await Promise.all([
      this.consents.waiting(session),
      this.consents.inbox(session, { limit: 1 }),
    ]);
    return { waiting: asks.items.length, unread: inbox.unread };
  }
}
