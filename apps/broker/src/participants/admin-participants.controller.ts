import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ParticipantsQuery, ParticipantsView, ParticipantView, ROLES, scopes } from '@bayway/contracts';
import { ParticipantId } from '@bayway/domain';
import { Access, Answers } from '@bayway/service';
import { ParticipantsReader } from './participants-reader.service.js';

/** For administrators: who takes part here, with which keys, and what is offered. */
@Controller('participants')
@Access({ scope: scopes.administration, roles: ROLES })
export class AdminParticipantsController {
  constructor(@Inject(ParticipantsReader) private readonly participants: ParticipantsReader) {}

  @Get()
  @Answers(ParticipantsView)
  all(@Query({ schema: ParticipantsQuery }) { language }: ParticipantsQuery): Promise<ParticipantsView> {
    return this.participants.all(language);
  }

  @Get(':id')
  @Answers(ParticipantView)
  one(
    @Param('id', { schema: ParticipantId }) id: ParticipantId,
    @Query({ schema: ParticipantsQuery }) { language }: ParticipantsQuery,
  ): Promise<ParticipantView> {
    return this.participants.one(id, language);
  }
}
