import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { assess, assessPeer, type AssessAnswer } from '@bayway/contracts';
import { Access, Handles } from '@bayway/service';
import type { z } from 'zod';
import { sender } from '../peers/peers.js';
import { AssessmentsService } from './assessments.service.js';
import { ModeOffersService } from './mode-offers.service.js';

/** Questions about assessments, from this jurisdiction's services and from the other brokers. */
@Controller()
export class AssessmentsHandler {
  constructor(
    @Inject(AssessmentsService) private readonly assessments: AssessmentsService,
    @Inject(ModeOffersService) private readonly modes: ModeOffersService,
  ) {}

  @Handles(assess)
  @Access('services')
  assess(@Payload({ schema: assess.request }) body: z.infer<typeof assess.request>): Promise<AssessAnswer> {
    return this.modes.assess(body);
  }

  @Handles(assessPeer)
  @Access('services')
  assessPeer(
    @Payload({ schema: assessPeer.request }) body: z.infer<typeof assessPeer.request>,
  ): Promise<z.infer<typeof assessPeer.answer>> {
    return this.assessments.assessForPeer(body, sender());
  }
}
