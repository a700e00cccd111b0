import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { scopes } from '@bayway/contracts';
import { Access, Answers } from '@bayway/service';
import { Simulate, SimulationView } from './simulation.js';
import { SimulationsService } from './simulations.service.js';

/** For rules officers: what the rules would say, why, and what would change it. */
@Controller('simulations')
@Access({ scope: scopes.administration, roles: ['rules-officer', 'regulator'] })
export class SimulationsController {
  constructor(@Inject(SimulationsService) private readonly simulations: SimulationsService) {}

  @Post()
  @HttpCode(200)
  @Answers(SimulationView)
  simulate(@Body({ schema: Simulate }) body: Simulate): Promise<SimulationView> {
    return this.simulations.simulate(body);
  }
}
