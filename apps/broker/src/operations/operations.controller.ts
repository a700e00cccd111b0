import { Controller, Get, Header, Inject } from '@nestjs/common';
import { LinksView, scopes } from '@bayway/contracts';
import { Access, Answers } from '@bayway/service';
import { LinksService } from './links.service.js';

/** For operators: who answers this broker now. */
@Controller('operations')
@Access({ scope: scopes.administration, roles: ['operator', 'regulator'] })
export class OperationsController {
  constructor(@Inject(LinksService) private readonly all: LinksService) {}

  @Get('links')
  @Header('cache-control', 'no-store')
  @Answers(LinksView)
  links(): Promise<LinksView> {
    return this.all.links();
  }
}
