import { Controller, Get, Header, Inject } from '@nestjs/common';
import { Access, Answers } from '@bayway/service';
import { z } from 'zod';
import { ReconciliationStore } from './reconciliation.store.js';
import { Report } from './report.js';

/** `null` until the first one. */
const ReconciliationView = z.object({ latest: Report.nullable() });

@Controller('reconciliation')
export class ReconciliationController {
  constructor(@Inject(ReconciliationStore) private readonly store: ReconciliationStore) {}

  @Get()
  @Access('public')
  @Header('cache-control', 'no-cache')
  @Answers(ReconciliationView)
  async latest(): Promise<z.infer<typeof ReconciliationView>> {
    return { latest: await this.store.latest() };
  }
}
