import { Controller, Get, Header, Inject, Param, Query } from '@nestjs/common';
import {
  CountersView,
  FlowsQuery,
  FlowsView,
  ROLES,
  scopes,
  TrafficPage,
  TrafficQuery,
  TrafficTimeline,
} from '@bayway/contracts';
import { Access, Answers } from '@bayway/service';
import { z } from 'zod';
import { TimelineService } from './timeline.service.js';
import { TrafficService } from './traffic.service.js';

/** Name of a data request, or of the flow of an ask. */
export const RequestId = z.uuid();

/** For administrators: what passed between holders and recipients, and what became of it. Nothing about whom. */
@Controller('traffic')
@Access({ scope: scopes.administration, roles: ROLES })
export class TrafficController {
  constructor(
    @Inject(TrafficService) private readonly traffic: TrafficService,
    @Inject(TimelineService) private readonly timelines: TimelineService,
  ) {}

  @Get('flows')
  @Answers(FlowsView)
  flows(@Query({ schema: FlowsQuery }) { days }: FlowsQuery): Promise<FlowsView> {
    return this.traffic.flows(days);
  }

  @Get('counters')
  @Answers(CountersView)
  counters(): Promise<CountersView> {
    return this.traffic.counters();
  }

  @Get('requests')
  @Answers(TrafficPage)
  page(@Query({ schema: TrafficQuery }) query: TrafficQuery): Promise<TrafficPage> {
    return this.traffic.page(query);
  }

  @Get('requests/:id')
  @Header('cache-control', 'no-store')
  @Answers(TrafficTimeline)
  one(@Param('id', { schema: RequestId }) id: string): Promise<TrafficTimeline> {
    return this.timelines.of(id);
  }
}
