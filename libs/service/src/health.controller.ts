import { Controller, Get, Header, HttpStatus, Inject, Res } from '@nestjs/common';
import { Standing } from '@bayway/contracts';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Access } from './access.js';
import { Bus } from './bus.js';
import { standingOf } from './dead-letters.js';
import { metrics } from './metrics.js';
import { Answers } from './validation.js';

const Live = z.object({ status: z.literal('live') });
const Ready = z.object({ status: z.enum(['ready', 'not-ready']), database: z.boolean(), bus: z.boolean() });

/** What a supervisor asks: does the process run, and can it do its work? */
@Controller()
export class HealthController {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Bus) private readonly bus: Bus,
  ) {}

  @Get('health/live')
  @Access('public')
  @Answers(Live)
  live(): z.infer<typeof Live> {
    return { status: 'live' };
  }

  @Get('health/ready')
  @Access('public')
  @Answers(Ready)
  async ready(@Res({ passthrough: true }) response: Response): Promise<z.infer<typeof Ready>> {
    const database = await this.db.query('select 1').then(
      () => true,
      () => false,
    );
    const ready = database && this.bus.connected;
    if (!ready) response.status(HttpStatus.SERVICE_UNAVAILABLE);
    return { status: ready ? 'ready' : 'not-ready', database, bus: this.bus.connected };
  }

  /** The numbers of the metric `outbox_facts` by receiver: codes and counts, nothing about whom. */
  @Get('health/outbox')
  @Access('public')
  @Answers(Standing)
  outbox(): Promise<Standing> {
    return standingOf(this.db);
  }

  @Get('metrics')
  @Access('public')
  @Header('content-type', 'text/plain; version=0.0.4')
  metrics(): Promise<string> {
    return metrics.metrics();
  }
}
