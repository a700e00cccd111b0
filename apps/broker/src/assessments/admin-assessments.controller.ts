import { Controller, Get, Header, Inject, Param, Query } from '@nestjs/common';
import { scopes } from '@bayway/contracts';
import { Access, Answers } from '@bayway/service';
import { AssessmentId, AssessmentsPage, AssessmentsQuery, AssessmentView, ReplayView } from './assessment-views.js';
import { RecordedService } from './recorded.service.js';

/** For rules officers: what this broker decided, over which facts, and what today's rules would say. */
@Controller('assessments')
@Access({ scope: scopes.administration, roles: ['rules-officer', 'regulator'] })
export class AdminAssessmentsController {
  constructor(@Inject(RecordedService) private readonly recorded: RecordedService) {}

  @Get()
  @Answers(AssessmentsPage)
  page(@Query({ schema: AssessmentsQuery }) query: AssessmentsQuery): Promise<AssessmentsPage> {
    return this.recorded.page(query);
  }

  @Get(':id')
  @Header('cache-control', 'no-store')
  @Answers(AssessmentView)
  one(@Param('id', { schema: AssessmentId }) id: AssessmentId): Promise<AssessmentView> {
    return this.recorded.one(id);
  }

  @Get(':id/replay')
  @Answers(ReplayView)
  replay(@Param('id', { schema: AssessmentId }) id: AssessmentId): Promise<ReplayView> {
    return this.recorded.replay(id);
  }
}
