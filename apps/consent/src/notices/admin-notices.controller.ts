import { Body, Controller, Get, HttpCode, Inject, Post, Put, Query } from '@nestjs/common';
import {
  DraftNotice,
  NoticeDifference,
  NoticeId,
  NoticePreview,
  NoticeVersionList,
  NoticeVersionView,
  PublishNotice,
  scopes,
} from '@bayway/contracts';
import { Language } from '@bayway/domain';
import { Access, Answers } from '@bayway/service';
import { z } from 'zod';
import { me } from '../me.js';
import { NoticesService } from './notices.service.js';
import { preview } from './preview.js';

const OfNotice = z.strictObject({ id: NoticeId });
const PreviewQuery = z.strictObject({ id: NoticeId, language: Language });
const scope = scopes.administration;

/** Notices: rules officers write and publish them; consent administrators and regulators read them. */
@Controller('admin/notices')
@Access({ scope, roles: ['rules-officer', 'consent-administrator', 'regulator'] })
export class AdminNoticesController {
  constructor(@Inject(NoticesService) private readonly notices: NoticesService) {}

  @Get('versions')
  @Answers(NoticeVersionList)
  versions(@Query({ schema: OfNotice }) { id }: z.infer<typeof OfNotice>): Promise<NoticeVersionList> {
    return this.notices.versions(id);
  }

  @Get('difference')
  @Answers(NoticeDifference)
  difference(@Query({ schema: OfNotice }) { id }: z.infer<typeof OfNotice>): Promise<NoticeDifference> {
    return this.notices.difference(id);
  }

  @Get('preview')
  @Answers(NoticePreview)
  async preview(@Query({ schema: PreviewQuery }) query: z.infer<typeof PreviewQuery>): Promise<NoticePreview> {
    return preview(await this.notices.drafted(query.id), query.language);
  }

  @Put('draft')
  @Access({ scope, roles: ['rules-officer'] })
  @Answers(NoticeDifference)
  draft(@Body({ schema: DraftNotice }) body: DraftNotice): Promise<NoticeDifference> {
    return this.notices.draft(me(), body);
  }

  @Post('publication')
  @HttpCode(201)
  @Access({ scope, roles: ['rules-officer'] })
  @Answers(NoticeVersionView)
  publish(@Body({ schema: PublishNotice }) body: PublishNotice): Promise<NoticeVersionView> {
    return this.notices.publish(me(), body);
  }
}
