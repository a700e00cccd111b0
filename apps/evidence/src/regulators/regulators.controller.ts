import { Controller, Get, Header, Inject, Param, Query } from '@nestjs/common';
import { scopes } from '@bayway/contracts';
import { Access, Answers } from '@bayway/service';
import { z } from 'zod';
import { EntriesPage, KeeperName, RegulatorsService, ReportsPage } from './regulators.service.js';

const Index = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const EntriesQuery = z.strictObject({ keeper: KeeperName, after: z.uuid().optional() });
const ReportsQuery = z.strictObject({ before: Index.optional() });

/** What a regulator reads of its own jurisdiction's evidence: metadata, proofs, reconciliations. Nothing here changes anything. */
@Controller('regulator')
@Access({ scope: scopes.administration, roles: ['regulator'] })
export class RegulatorsController {
  constructor(@Inject(RegulatorsService) private readonly regulators: RegulatorsService) {}

  /** What one service of this jurisdiction recorded, oldest first: type, time and place in the log, never the record or its salt. */
  @Get('entries')
  @Header('cache-control', 'no-store')
  @Answers(EntriesPage)
  entries(@Query({ schema: EntriesQuery }) { keeper, after }: z.infer<typeof EntriesQuery>): Promise<EntriesPage> {
    return this.regulators.entries(keeper, after ?? null);
  }

  /** A `.tlog-proof` of the entry with this index, as `GET /proofs/:commitment` gives it. */
  @Get('entries/:index/proof')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'no-store')
  @Answers(z.string())
  proof(@Param('index', { schema: Index }) index: number): Promise<string> {
    return this.regulators.proof(index);
  }

  /** Every reconciliation that was published, newest first. */
  @Get('reconciliations')
  @Header('cache-control', 'no-store')
  @Answers(ReportsPage)
  reports(@Query({ schema: ReportsQuery }) { before }: z.infer<typeof ReportsQuery>): Promise<ReportsPage> {
    return this.regulators.reports(before ?? null);
  }
}
