import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { DomainError, powersToAct } from '@bayway/contracts';
import { Access, currentActor, Handles } from '@bayway/service';
import type { z } from 'zod';
import { RepresentationsService } from './representations.service.js';

/** What identity asks before it shows an ask: for whom she may answer. Every answer is checked again. */
@Controller()
export class RepresentationsHandler {
  constructor(@Inject(RepresentationsService) private readonly representations: RepresentationsService) {}

  @Handles(powersToAct)
  @Access('actor')
  powers(@Payload({ schema: powersToAct.request }) { dataset }: z.infer<typeof powersToAct.request>) {
    const actor = currentActor();
    if (!actor) throw new DomainError('token-missing');
    return this.representations.powers(actor.subject, dataset);
  }
}
