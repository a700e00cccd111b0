import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ConsentPage, ConsentView, scopes } from '@bayway/contracts';
import { ConsentId } from '@bayway/domain';
import { Access, Answers } from '@bayway/service';
import { z } from 'zod';
import { me } from '../me.js';
import { ConsentsReader } from './consents-reader.service.js';
import { ConsentsService } from './consents.service.js';
import { PausesService } from './pauses.service.js';

const PageQuery = z.strictObject({
  after: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});

/** A resident's own consents, for her portal. The subject is always the one her token names. */
@Controller('me/consents')
@Access({ scope: scopes.consent })
export class MeConsentsController {
  constructor(
    @Inject(ConsentsService) private readonly consents: ConsentsService,
    @Inject(PausesService) private readonly pauses: PausesService,
    @Inject(ConsentsReader) private readonly reader: ConsentsReader,
  ) {}

  @Get()
  @Answers(ConsentPage)
  page(@Query({ schema: PageQuery }) query: z.infer<typeof PageQuery>): Promise<ConsentPage> {
    return this.reader.page(me(), query);
  }

  @Get(':id')
  @Answers(ConsentView)
  one(@Param('id', { schema: ConsentId }) id: string): Promise<ConsentView> {
    return this.reader.one(id, me());
  }

  @Post(':id/withdrawal')
  @HttpCode(200)
  @Answers(ConsentView)
  withdraw(@Param('id', { schema: ConsentId }) id: string): Promise<ConsentView> {
    return this.consents.withdraw(id, me());
  }

  @Post(':id/pause')
  @HttpCode(200)
  @Answers(ConsentView)
  pause(@Param('id', { schema: ConsentId }) id: string): Promise<ConsentView> {
    return this.pauses.pause(id, me());
  }

  @Post(':id/resumption')
  @HttpCode(200)
  @Answers(ConsentView)
  resume(@Param('id', { schema: ConsentId }) id: string): Promise<ConsentView> {
    return this.pauses.resume(id, me());
  }
}
