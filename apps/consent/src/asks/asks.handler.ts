import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { composeAsk, DomainError } from '@bayway/contracts';
import { Access, currentActor, Handles } from '@bayway/service';
import type { z } from 'zod';
import { AsksService } from './asks.service.js';

/** What identity asks on her behalf before she answers. */
@Controller()
export class AsksHandler {
  constructor(@Inject(AsksService) private readonly asks: AsksService) {}

  @Handles(composeAsk)
  @Access('actor')
  compose(@Payload({ schema: composeAsk.request }) body: z.infer<typeof composeAsk.request>) {
    const actor = currentActor();
    if (!actor) throw new DomainError('token-missing');
    return this.asks.compose(actor, body);
  }
}
