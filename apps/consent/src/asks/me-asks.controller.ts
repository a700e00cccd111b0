import { Controller, Get, Inject } from '@nestjs/common';
import { scopes, WaitingAsks } from '@bayway/contracts';
import { Access, Answers } from '@bayway/service';
import { me } from '../me.js';
import { WaitingService } from './waiting.service.js';

/** What waits for her answer. The subject is always the one her token names. */
@Controller('me/asks')
@Access({ scope: scopes.consent })
export class MeAsksController {
  constructor(@Inject(WaitingService) private readonly asks: WaitingService) {}

  @Get()
  @Answers(WaitingAsks)
  waiting(): Promise<WaitingAsks> {
    return this.asks.of(me());
  }
}
