import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApproveBulkWithdrawal, BulkWithdrawalView, ProposeBulkWithdrawal } from '@bayway/contracts';
import { Access, Answers } from '@bayway/service';
import { z } from 'zod';
import { me } from '../me.js';
import { BulkWithdrawalsService } from './bulk-withdrawals.service.js';
import { LOOKS, STEERS } from './roles.js';

const BulkId = z.uuid();
const BulkList = z.object({ items: z.array(BulkWithdrawalView).max(50) });

/** Withdrawals of many consents at once, with two pairs of eyes. */
@Controller('admin/bulk-withdrawals')
export class BulkWithdrawalsController {
  constructor(@Inject(BulkWithdrawalsService) private readonly bulk: BulkWithdrawalsService) {}

  @Post()
  @Access(STEERS)
  @Answers(BulkWithdrawalView)
  propose(@Body({ schema: ProposeBulkWithdrawal }) body: ProposeBulkWithdrawal): Promise<BulkWithdrawalView> {
    return this.bulk.propose(me(), body);
  }

  @Get()
  @Access(LOOKS)
  @Answers(BulkList)
  list(): Promise<{ items: BulkWithdrawalView[] }> {
    return this.bulk.list();
  }

  @Get(':id')
  @Access(LOOKS)
  @Answers(BulkWithdrawalView)
  one(@Param('id', { schema: BulkId }) id: string): Promise<BulkWithdrawalView> {
    return this.bulk.one(id);
  }

  @Post(':id/approval')
  @Access(STEERS)
  @HttpCode(200)
  @Answers(BulkWithdrawalView)
  approve(
    @Param('id', { schema: BulkId }) id: string,
    @Body({ schema: ApproveBulkWithdrawal }) { setDigest }: ApproveBulkWithdrawal,
  ): Promise<BulkWithdrawalView> {
    return this.bulk.approve(id, me(), setDigest);
  }

  @Post(':id/cancellation')
  @Access(STEERS)
  @HttpCode(200)
  @Answers(BulkWithdrawalView)
  cancel(@Param('id', { schema: BulkId }) id: string): Promise<BulkWithdrawalView> {
    return this.bulk.cancel(id, me());
  }
}
