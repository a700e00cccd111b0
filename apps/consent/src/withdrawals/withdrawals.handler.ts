import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { withdrawForRecipient } from '@bayway/contracts';
import { Access, Handles } from '@bayway/service';
import type { z } from 'zod';
import { WithdrawalsService } from './withdrawals.service.js';

/** Withdrawals that a recipient passes on, by way of the brokers. */
@Controller()
export class WithdrawalsHandler {
  constructor(@Inject(WithdrawalsService) private readonly withdrawals: WithdrawalsService) {}

  @Handles(withdrawForRecipient)
  @Access('services')
  forRecipient(@Payload({ schema: withdrawForRecipient.request }) body: z.infer<typeof withdrawForRecipient.request>) {
    return this.withdrawals.forRecipient(body);
  }
}
