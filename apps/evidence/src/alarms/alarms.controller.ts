import { Controller, Get, Inject } from '@nestjs/common';
import { Access, Answers } from '@bayway/service';
import { z } from 'zod';
import { AlarmsService, AlarmView } from './alarms.service.js';

const AlarmsView = z.object({ alarms: z.array(AlarmView) });

@Controller('alarms')
export class AlarmsController {
  constructor(@Inject(AlarmsService) private readonly alarms: AlarmsService) {}

  @Get()
  @Access('public')
  @Answers(AlarmsView)
  async latest(): Promise<z.infer<typeof AlarmsView>> {
    return { alarms: await this.alarms.latest() };
  }
}
