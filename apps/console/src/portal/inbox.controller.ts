import { Body, Controller, Get, Header, Inject, Post, Query, Redirect, Req, Res, UseFilters } from '@nestjs/common';
import {
  ChangeNotificationSettings,
  ConfirmAddress,
  DomainError,
  MailMode,
  NOTIFICATION_KINDS,
  type NotificationKind,
} from '@bayway/contracts';
import { Language } from '@bayway/domain';
import { Access, Answers } from '@bayway/service';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { ResidentSessions, type Session } from '../sessions/sessions.service.js';
import { ConsentApi } from './consent-api.js';
import { Inbox } from './inbox.js';
import { PageProblemFilter } from './page-problem.filter.js';
import { Ask, Confirm, Html, HTML, Pages, Redirected } from './pages.service.js';
import { Settings, type SettingsMistake } from './settings.js';

const mailField = (kind: NotificationKind) => `mail.${kind}` as const;
const Choices = Confirm.extend({
  language: Language,
  ...(Object.fromEntries(NOTIFICATION_KINDS.map((kind) => [mailField(kind), MailMode])) as Record<
    ReturnType<typeof mailField>,
    typeof MailMode
  >),
});
const Address = Confirm.extend({ address: z.string().trim().max(200), take: z.literal('yes').optional() });
const Code = Confirm.extend({ code: z.string().trim().max(20) });

/** Her inbox, and how she wants to be told. */
@Controller('inbox')
@UseFilters(PageProblemFilter)
export class InboxController {
  constructor(
    @Inject(Pages) private readonly pages: Pages,
    @Inject(ResidentSessions) private readonly sessions: ResidentSessions,
    @Inject(ConsentApi) private readonly consents: ConsentApi,
  ) {}

  @Get()
  @Access('public')
  @Header('content-type', HTML)
  @Answers(Html)
  async inbox(@Req() request: Request, @Query({ schema: Ask }) { after }: Ask): Promise<string> {
    const { view, session, signedIn } = await this.pages.hers(request);
    const page = await this.consents.inbox(session, { after });
    return this.pages.render(Inbox, { view, page, signedIn });
  }

  @Post('reading')
  @Access('public')
  @Answers(Redirected)
  @Redirect('/inbox', 303)
  async read(
    @Req() request: Request,
    @Body({ schema: Confirm }) { csrf }: z.infer<typeof Confirm>,
  ): Promise<{ url: string }> {
    await this.consents.readAll(await this.sessions.requireForm(request, csrf));
    return { url: '/inbox' };
  }

  @Get('settings')
  @Access('public')
  @Header('content-type', HTML)
  @Answers(Html)
  async settings(@Req() request: Request, @Query({ schema: Ask }) query: Ask): Promise<string> {
    return this.settingsPage(request, { saved: query.saved === 'yes' });
  }

  @Post('settings')
  @Access('public')
  @Answers(Redirected)
  @Redirect('/inbox/settings', 303)
  async choose(
    @Req() request: Request,
    @Body({ schema: Choices }) { csrf, language, ...modes }: z.infer<typeof Choices>,
  ): Promise<{ url: string }> {
    const session = await this.sessions.requireForm(request, csrf);
    const mail = Object.fromEntries(NOTIFICATION_KINDS.map((kind) => [kind, modes[mailField(kind)]]));
    await this.consents.change(session, ChangeNotificationSettings.parse({ language, mail }));
    return { url: '/inbox/settings?saved=yes' };
  }

  /** A new address, or none: the page comes back with what is wrong, else with what is to be done next. */
  @Post('settings/address')
  @Access('public')
  @Answers(z.undefined())
  async address(
    @Req() request: Request,
    @Body({ schema: Address }) { csrf, address, take }: z.infer<typeof Address>,
    @Res() response: Response,
  ): Promise<void> {
    const session = await this.sessions.requireForm(request, csrf);
    const wanted = ChangeNotificationSettings.safeParse({ address: take === 'yes' ? null : address });
    if (!wanted.success) return this.back({ request, response, mistake: 'address' });
    await this.consents.change(session, wanted.data);
    response.redirect(303, '/inbox/settings');
  }

  @Post('settings/confirmation')
  @Access('public')
  @Answers(z.undefined())
  async confirm(
    @Req() request: Request,
    @Body({ schema: Code }) { csrf, code }: z.infer<typeof Code>,
    @Res() response: Response,
  ): Promise<void> {
    const session = await this.sessions.requireForm(request, csrf);
    if (!(await this.isConfirmed(session, code))) return this.back({ request, response, mistake: 'code' });
    response.redirect(303, '/inbox/settings?saved=yes');
  }

  private async isConfirmed(session: Session, code: string): Promise<boolean> {
    const typed = ConfirmAddress.safeParse({ code });
    if (!typed.success) return false;
    return this.consents.confirm(session, typed.data.code).then(
      () => true,
      (error: unknown) => {
        if (error instanceof DomainError && error.code === 'mail-code-wrong') return false;
        throw error;
      },
    );
  }

  private async back({
    request,
    response,
    mistake,
  }: Readonly<{ request: Request; response: Response; mistake: SettingsMistake }>): Promise<void> {
    response
      .status(422)
      .type(HTML)
      .send(await this.settingsPage(request, { mistake }));
  }

  private async settingsPage(
    request: Request,
    told: Readonly<{ mistake?: SettingsMistake; saved?: boolean }>,
  ): Promise<string> {
    const { view, session, signedIn } = await this.pages.hers(request);
    // Language links lead to an address that can be opened; what a form was sent to cannot.
    const page = { ...view, url: request.method === 'GET' ? view.url : '/inbox/settings' };
    return this.pages.render(Settings, {
      view: page,
      settings: await this.consents.settings(session),
      signedIn,
      ...told,
    });
  }
}
