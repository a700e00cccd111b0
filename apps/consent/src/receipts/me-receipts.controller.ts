import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { KeptReceipt, ReceiptPageView, scopes } from '@bayway/contracts';
import { ConsentId, Language } from '@bayway/domain';
import { Access, Answers } from '@bayway/service';
import { z } from 'zod';
import { me } from '../me.js';
import { KeptReceipts } from './kept-receipts.service.js';

const PageQuery = z.strictObject({ language: Language.optional() });

/** Her receipts. */
@Controller('me/consents')
@Access({ scope: scopes.consent })
export class MeReceiptsController {
  constructor(@Inject(KeptReceipts) private readonly receipts: KeptReceipts) {}

  @Get(':id/receipt')
  @Answers(KeptReceipt)
  kept(@Param('id', { schema: ConsentId }) id: string): Promise<KeptReceipt> {
    return this.receipts.kept(id, me());
  }

  @Get(':id/receipt/page')
  @Answers(ReceiptPageView)
  page(
    @Param('id', { schema: ConsentId }) id: string,
    @Query({ schema: PageQuery }) { language }: z.infer<typeof PageQuery>,
  ): Promise<ReceiptPageView> {
    return this.receipts.page(id, me(), language);
  }
}
