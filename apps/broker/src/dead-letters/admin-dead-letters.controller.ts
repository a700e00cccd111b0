import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { DeadLetterId, DeadLettersPage, DeadLettersQuery, Replayed, scopes } from '@bayway/contracts';
import { Access, Answers, currentActor } from '@bayway/service';
import { DeadLettersService } from './dead-letters.service.js';

/** For operators: messages that were set aside. Delivering one anew is in evidence, with who did it. */
@Controller('admin/dead-letters')
@Access({ scope: scopes.administration, roles: ['operator', 'regulator'] })
export class AdminDeadLettersController {
  constructor(@Inject(DeadLettersService) private readonly letters: DeadLettersService) {}

  @Get()
  @Answers(DeadLettersPage)
  page(@Query({ schema: DeadLettersQuery }) query: DeadLettersQuery): Promise<DeadLettersPage> {
    return this.letters.page(query);
  }

  @Post(':id/replay')
  @Access({ scope: scopes.administration, roles: ['operator'] })
  @HttpCode(200)
  @Answers(Replayed)
  async replay(@Param('id', { schema: DeadLetterId }) id: DeadLetterId): Promise<Replayed> {
    await this.letters.replay(id, currentActor()?.subject ?? '');
    return { id };
  }
}
