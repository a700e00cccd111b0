import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { composeAsk, deferAsk, DomainError } from '@bayway/contracts';
import { Access, currentActor, Handles } from '@bayway/service';
import type { z } from 'zod';
import { DeferralsService } from './deferrals.service.js';
import { AsksService } from './asks.service.js';

/** What identity asks on her behalf before she answers. */
@Controller()
export class AsksHandler {
  constructor(
    @Inject(AsksService) private readonly asks: AsksService,
    @Inject(DeferralsService) private readonly deferrals: DeferralsService,
  ) {}

  @Handles(composeAsk)
  @Access('actor')
  compose(@Payload({ schema: composeAsk.request }) body: z.infer<typeof composeAsk.request>) {
    const actor = currentActor();
    if (!actor) throw new DomainError('token-missing');
    return this.asks.compose(actor, body);
  }

  @Handles(deferAsk)
  @Access('actor')
  defer(@Payload({ schema: deferAsk.request }) body: z.infer<typeof deferAsk.request>) {
    const actor = currentActor();
    if (!actor) throw new DomainError('token-missing');
    return this.deferrals.defer(actor.subject, body);
  }
}
