import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { activateConsent, consentFacts, decideAsk, DomainError } from '@bayway/contracts';
import { Access, currentActor, Handles } from '@bayway/service';
import type { z } from 'zod';
import { ConsentsReader } from './consents-reader.service.js';
import { ConsentsService } from './consents.service.js';
import { DecisionsService } from './decisions.service.js';

/** What identity and the exporter's broker ask about consents. */
@Controller()
export class ConsentsHandler {
  constructor(
    @Inject(DecisionsService) private readonly decisions: DecisionsService,
    @Inject(ConsentsService) private readonly consents: ConsentsService,
    @Inject(ConsentsReader) private readonly reader: ConsentsReader,
  ) {}

  @Handles(decideAsk)
  @Access('actor')
  decide(@Payload({ schema: decideAsk.request }) body: z.infer<typeof decideAsk.request>) {
    const actor = currentActor();
    if (!actor) throw new DomainError('token-missing');
    return this.decisions.decide(actor.subject, body);
  }

  @Handles(activateConsent)
  @Access('services')
  activate(@Payload({ schema: activateConsent.request }) body: z.infer<typeof activateConsent.request>) {
    return this.consents.activate(body);
  }

  @Handles(consentFacts)
  @Access('services')
  facts(@Payload({ schema: consentFacts.request }) body: z.infer<typeof consentFacts.request>) {
    return this.reader.facts(body);
  }
}
