import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ConsentView, EndConsent, scopes } from '@bayway/contracts';
import { ConsentId } from '@bayway/domain';
import { Access, Answers } from '@bayway/service';
import { PausesService } from './pauses.service.js';

/** An administrator enters that a party ended a consent, or that an authority declared it invalid. */
@Controller('admin/consents')
@Access({ scope: scopes.administration, roles: ['consent-administrator'] })
export class AdminConsentEndsController {
  constructor(@Inject(PausesService) private readonly pauses: PausesService) {}

  @Post(':id/end')
  @HttpCode(200)
  @Answers(ConsentView)
  end(
    @Param('id', { schema: ConsentId }) id: string,
    @Body({ schema: EndConsent }) { by }: EndConsent,
  ): Promise<ConsentView> {
    return this.pauses.end(id, by === 'authority' ? 'invalidated' : 'terminated', by);
  }
}
