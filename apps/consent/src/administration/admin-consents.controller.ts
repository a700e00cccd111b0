import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import {
  AdminConsentDetail,
  AdminConsentPage,
  ConsentExport,
  ConsentFilterQuery,
  ConsentTotal,
  WithdrawInWriting,
} from '@bayway/contracts';
import { ConsentId } from '@bayway/domain';
import { Access, Answers } from '@bayway/service';
import type { Response } from 'express';
import { z } from 'zod';
import { me } from '../me.js';
import { WithdrawalsService } from '../withdrawals/withdrawals.service.js';
import { ExportsService, toCsv } from './exports.service.js';
import { LOOKS, STEERS } from './roles.js';
import { SearchService } from './search.service.js';

const after = z.string().max(100).optional();
const limit = (most: number, usual: number) => z.coerce.number().int().min(1).max(most).default(usual);
const PageQuery = ConsentFilterQuery.extend({ after, limit: limit(100, 50) });
const ExportQuery = ConsentFilterQuery.extend({ after, limit: limit(1_000, 1_000) });
const Csv = z.string().max(50_000_000);

/** Consents of this jurisdiction, for administrators and regulators. */
@Controller('admin')
export class AdminConsentsController {
  constructor(
    @Inject(SearchService) private readonly search: SearchService,
    @Inject(WithdrawalsService) private readonly withdrawals: WithdrawalsService,
    @Inject(ExportsService) private readonly exports: ExportsService,
  ) {}

  @Get('consents')
  @Access(LOOKS)
  @Answers(AdminConsentPage)
  page(@Query({ schema: PageQuery }) query: z.infer<typeof PageQuery>): Promise<AdminConsentPage> {
    const { after: place, limit: most, ...filter } = query;
    return this.search.page(filter, { after: place, limit: most });
  }

  @Get('consents/total')
  @Access(LOOKS)
  @Answers(ConsentTotal)
  total(@Query({ schema: ConsentFilterQuery }) filter: z.infer<typeof ConsentFilterQuery>): Promise<{ total: number }> {
    return this.search.total(filter);
  }

  @Get('consents/:id')
  @Access(LOOKS)
  @Answers(AdminConsentDetail)
  one(@Param('id', { schema: ConsentId }) id: string): Promise<AdminConsentDetail> {
    return this.search.one(id);
  }

  @Post('consents/:id/withdrawal')
  @Access(STEERS)
  @HttpCode(200)
  @Answers(AdminConsentDetail)
  withdraw(
    @Param('id', { schema: ConsentId }) id: string,
    @Body({ schema: WithdrawInWriting }) body: WithdrawInWriting,
  ): Promise<AdminConsentDetail> {
    return this.withdrawals.inWriting(id, me(), body);
  }

  @Get('exports/consents.json')
  @Access(LOOKS)
  @Answers(ConsentExport)
  asJson(@Query({ schema: ExportQuery }) query: z.infer<typeof ExportQuery>): Promise<ConsentExport> {
    return this.export(query);
  }

  /** The place of the next page is in the header `next`. */
  @Get('exports/consents.csv')
  @Access(LOOKS)
  @Header('content-type', 'text/csv; charset=utf-8; header=present')
  @Answers(Csv)
  async asCsv(
    @Query({ schema: ExportQuery }) query: z.infer<typeof ExportQuery>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const made = await this.export(query);
    if (made.next !== null) response.setHeader('next', made.next);
    response.setHeader('content-disposition', 'attachment; filename="consents.csv"');
    return toCsv(made);
  }

  private export({ after: place, limit: most, ...filter }: z.infer<typeof ExportQuery>): Promise<ConsentExport> {
    return this.exports.make(me(), { filter, after: place, limit: most });
  }
}
