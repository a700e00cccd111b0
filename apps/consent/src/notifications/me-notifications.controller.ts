import { Body, Controller, Get, HttpCode, Inject, Patch, Post, Query } from '@nestjs/common';
import {
  ChangeNotificationSettings,
  ConfirmAddress,
  NotificationPage,
  NotificationSettingsView,
  scopes,
} from '@bayway/contracts';
import { Access, Answers } from '@bayway/service';
import { z } from 'zod';
import { me } from '../me.js';
import { NotificationsService } from './notifications.service.js';
import { SettingsService } from './settings.service.js';

const PageQuery = z.strictObject({
  after: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
  unread: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
});
const Read = z.strictObject({ ids: z.union([z.literal('all'), z.array(z.uuid()).min(1).max(100)]) });
const Unread = z.object({ unread: z.int() });

/** Her inbox and how she wants to be told. The subject is always the one her token names. */
@Controller('me')
@Access({ scope: scopes.consent })
export class MeNotificationsController {
  constructor(
    @Inject(NotificationsService) private readonly notifications: NotificationsService,
    @Inject(SettingsService) private readonly settings: SettingsService,
  ) {}

  @Get('notifications')
  @Answers(NotificationPage)
  page(@Query({ schema: PageQuery }) query: z.infer<typeof PageQuery>): Promise<NotificationPage> {
    return this.notifications.page(me(), query);
  }

  @Post('notifications/reading')
  @HttpCode(200)
  @Answers(Unread)
  read(@Body({ schema: Read }) { ids }: z.infer<typeof Read>): Promise<z.infer<typeof Unread>> {
    return this.notifications.read(me(), ids);
  }

  @Get('notification-settings')
  @Answers(NotificationSettingsView)
  view(): Promise<NotificationSettingsView> {
    return this.settings.view(me());
  }

  @Patch('notification-settings')
  @Answers(NotificationSettingsView)
  change(
    @Body({ schema: ChangeNotificationSettings }) body: ChangeNotificationSettings,
  ): Promise<NotificationSettingsView> {
    return this.settings.change(me(), body);
  }

  @Post('notification-settings/confirmation')
  @HttpCode(200)
  @Answers(NotificationSettingsView)
  confirm(
    @Body({ schema: ConfirmAddress }) { code }: z.infer<typeof ConfirmAddress>,
  ): Promise<NotificationSettingsView> {
    return this.settings.confirm(me(), code);
  }
}
