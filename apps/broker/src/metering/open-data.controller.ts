import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { Month, Reciprocity, Refusals, ServiceLevels } from '@bayway/contracts';
import { Access, Answers } from '@bayway/service';
import { MeteringStore } from './metering.store.js';

/** For everybody: how the highway serves, month by month. Numbers below five are not shown. */
@Controller('open-data')
@Access('public')
export class OpenDataController {
  constructor(@Inject(MeteringStore) private readonly meter: MeteringStore) {}

  @Get('reciprocity/:month')
  @Header('cache-control', 'public, max-age=3600')
  @Answers(Reciprocity)
  async reciprocity(@Param('month', { schema: Month }) month: Month): Promise<Reciprocity> {
    return { month, lines: await this.meter.reciprocity(month) };
  }

  @Get('service-levels/:month')
  @Header('cache-control', 'public, max-age=3600')
  @Answers(ServiceLevels)
  async serviceLevels(@Param('month', { schema: Month }) month: Month): Promise<ServiceLevels> {
    return { month, lines: await this.meter.serviceLevels(month) };
  }

  @Get('refusals/:month')
  @Header('cache-control', 'public, max-age=3600')
  @Answers(Refusals)
  async refusals(@Param('month', { schema: Month }) month: Month): Promise<Refusals> {
    return { month, lines: await this.meter.refusals(month) };
  }
}
