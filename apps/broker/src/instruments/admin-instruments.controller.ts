import { Controller, Get, Inject, Query } from '@nestjs/common';
import { scopes } from '@bayway/contracts';
import { Access, Answers } from '@bayway/service';
import { InstrumentsPage, InstrumentsQuery, RemindersPage } from './instrument-views.js';
import { InstrumentsReader } from './instruments.store.js';

/** For rules officers: legal mechanisms on file, and what is to be done about them. */
@Controller('instruments')
@Access({ scope: scopes.administration, roles: ['rules-officer', 'regulator'] })
export class AdminInstrumentsController {
  constructor(@Inject(InstrumentsReader) private readonly instruments: InstrumentsReader) {}

  @Get()
  @Answers(InstrumentsPage)
  page(@Query({ schema: InstrumentsQuery }) query: InstrumentsQuery): Promise<InstrumentsPage> {
    return this.instruments.page(query);
  }

  @Get('reminders')
  @Answers(RemindersPage)
  reminders(@Query({ schema: InstrumentsQuery }) query: InstrumentsQuery): Promise<RemindersPage> {
    return this.instruments.reminders(query);
  }
}
