import { Controller, Get, Header, Inject, Param, StreamableFile } from '@nestjs/common';
import { RefusedRequests, scopes } from '@bayway/contracts';
import { ConsentId, DataRequestId } from '@bayway/domain';
import { Access, Answers } from '@bayway/service';
import { z } from 'zod';
import { me } from '../me.js';
import { ExchangesService } from './exchanges.service.js';

/** What was asked for under a resident's own consent, and the evidence of it. */
@Controller('me/consents/:id')
@Access({ scope: scopes.consent })
export class MeExchangesController {
  constructor(@Inject(ExchangesService) private readonly exchanges: ExchangesService) {}

  /** Requests that ended without a release; those that were released are the consent's uses. */
  @Get('refusals')
  @Answers(RefusedRequests)
  refusals(@Param('id', { schema: ConsentId }) id: ConsentId): Promise<RefusedRequests> {
    return this.exchanges.refusals(id, me());
  }

  /** The evidence bundle of one use, or of one refusal, as anybody can verify it. */
  @Get('exchanges/:request/evidence')
  @Header('cache-control', 'no-store')
  @Answers(z.instanceof(StreamableFile))
  async evidence(
    @Param('id', { schema: ConsentId }) id: ConsentId,
    @Param('request', { schema: DataRequestId }) request: DataRequestId,
  ): Promise<StreamableFile> {
    const bytes = await this.exchanges.evidence(id, request, me());
    return new StreamableFile(bytes, { type: 'application/json', length: bytes.length });
  }
}
