import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { connectorStanding, type Standing } from '@bayway/contracts';
import { Access, Handles, standingOf } from '@bayway/service';
import { DataSource } from 'typeorm';

/** Says that this connector is there, and whom it has yet to reach. */
@Controller()
export class StandingHandler {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  @Handles(connectorStanding)
  @Access('services')
  standing(@Payload({ schema: connectorStanding.request }) _asked: object): Promise<Standing> {
    return standingOf(this.db);
  }
}
