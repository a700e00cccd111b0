import { Controller, Get, Inject } from '@nestjs/common';
import { RepresentationList, scopes } from '@bayway/contracts';
import { Access, Answers } from '@bayway/service';
import { me } from '../me.js';
import { RepresentationsService } from './representations.service.js';

/** Who may act for her, or did: also for whoever has grown up since. */
@Controller('me/representations')
@Access({ scope: scopes.consent })
export class MeRepresentationsController {
  constructor(@Inject(RepresentationsService) private readonly representations: RepresentationsService) {}

  @Get()
  @Answers(RepresentationList)
  mine(): Promise<RepresentationList> {
    return this.representations.of(me());
  }
}
