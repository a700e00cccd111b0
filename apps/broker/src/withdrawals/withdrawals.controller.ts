import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { PassOnWithdrawal, passOnWithdrawal, scopes, WithdrawnView } from '@bayway/contracts';
import { Access, Answers, currentActor, Handles } from '@bayway/service';
import type { z } from 'zod';
import { partner } from '../partner.js';
import { sender } from '../peers/peers.js';
import { WithdrawalsService } from './withdrawals.service.js';

type Withdrawn = z.infer<typeof WithdrawnView>;

/** Withdrawals that partners of this jurisdiction pass on, and those that other brokers do. */
@Controller('withdrawals')
export class WithdrawalsController {
  constructor(@Inject(WithdrawalsService) private readonly withdrawals: WithdrawalsService) {}

  @Post()
  @Access({ scope: scopes.data })
  @HttpCode(200)
  @Answers(WithdrawnView)
  passOn(@Body({ schema: PassOnWithdrawal }) { withdrawal }: z.infer<typeof PassOnWithdrawal>): Promise<Withdrawn> {
    const detail = currentActor()?.details[0] ?? null;
    return this.withdrawals.passOn({ partner: partner(), detail, withdrawal });
  }

  @Handles(passOnWithdrawal)
  @Access('services')
  forward(@Payload({ schema: passOnWithdrawal.request }) { withdrawal }: z.infer<typeof passOnWithdrawal.request>) {
    return this.withdrawals.forward(withdrawal, sender());
  }
}
