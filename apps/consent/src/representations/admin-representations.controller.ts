import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import {
  EnrolRepresentation,
  RecordRepresentation,
  RepresentationList,
  RepresentationView,
  scopes,
} from '@bayway/contracts';
import { ResidentId } from '@bayway/domain';
import { Access, Answers } from '@bayway/service';
import { z } from 'zod';
import { me } from '../me.js';
import { RepresentationsService } from './representations.service.js';

const OfSubject = z.strictObject({ subject: ResidentId });

/** An administrator enters who may act for a child or an organisation, having seen the proof. */
@Controller('admin/representations')
@Access({ scope: scopes.administration, roles: ['consent-administrator'] })
export class AdminRepresentationsController {
  constructor(@Inject(RepresentationsService) private readonly representations: RepresentationsService) {}

  @Post()
  @Answers(RepresentationView)
  record(@Body({ schema: RecordRepresentation }) body: RecordRepresentation): Promise<RepresentationView> {
    return this.representations.record(me(), body);
  }

  @Post('enrolment')
  @Answers(RepresentationView)
  enrol(@Body({ schema: EnrolRepresentation }) body: EnrolRepresentation): Promise<RepresentationView> {
    return this.representations.enrol(me(), body);
  }

  @Get()
  @Answers(RepresentationList)
  of(@Query({ schema: OfSubject }) { subject }: z.infer<typeof OfSubject>): Promise<RepresentationList> {
    return this.representations.of(subject);
  }

  @Post(':id/end')
  @HttpCode(200)
  @Answers(RepresentationView)
  end(@Param('id', { schema: z.uuid() }) id: string): Promise<RepresentationView> {
    return this.representations.end(me(), id);
  }
}
