import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { AdminStatement, Month, ROLES, scopes, Statement } from '@bayway/contracts';
import { Access, Answers } from '@bayway/service';
import { partner } from '../partner.js';
import { csvOf } from './csv.js';
import { MeteringStore } from './metering.store.js';
import { ReconciliationStore } from './reconciliation.store.js';

/** For participants: what they gave and got in a month, pair by pair. Each sees its own lines. */
@Controller('statements')
@Access({ scope: scopes.data })
export class StatementsController {
  constructor(@Inject(MeteringStore) private readonly meter: MeteringStore) {}

  @Get(':month')
  @Answers(Statement)
  async one(@Param('month', { schema: Month }) month: Month): Promise<Statement> {
    return { month, lines: await this.meter.lines(month, partner()) };
  }

  @Get(':month/csv')
  @Header('content-type', 'text/csv; charset=utf-8')
  async csv(@Param('month', { schema: Month }) month: Month): Promise<string> {
    return csvOf(await this.one(month));
  }
}

/** For administrators: all pairs, and whether the meter is what the evidence says. */
@Controller('admin/statements')
@Access({ scope: scopes.administration, roles: ROLES })
export class AdminStatementsController {
  constructor(
    @Inject(MeteringStore) private readonly meter: MeteringStore,
    @Inject(ReconciliationStore) private readonly reconciliation: ReconciliationStore,
  ) {}

  @Get(':month')
  @Answers(AdminStatement)
  async one(@Param('month', { schema: Month }) month: Month): Promise<AdminStatement> {
    return { ...(await this.all(month)), reconciliation: await this.reconciliation.of(month) };
  }

  @Get(':month/csv')
  @Header('content-type', 'text/csv; charset=utf-8')
  async csv(@Param('month', { schema: Month }) month: Month): Promise<string> {
    return csvOf(await this.all(month));
  }

  private async all(month: Month): Promise<Statement> {
    return { month, lines: await this.meter.lines(month, null) };
  }
}
