import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { RequestEvidence, scopes } from '@bayway/contracts';
import { DataRequestId } from '@bayway/domain';
import { Access, Answers } from '@bayway/service';
import { DataRequestsService } from '../data-requests/data-requests.service.js';
import { partner } from '../partner.js';
import { ImporterEvidence } from './importer-evidence.service.js';

/** What both sides keep about a receipted exchange, or a refused one: with it the partner that asked makes its evidence bundle. */
@Controller('data-requests')
export class ExchangeEvidenceController {
  constructor(
    @Inject(DataRequestsService) private readonly requests: DataRequestsService,
    @Inject(ImporterEvidence) private readonly evidence: ImporterEvidence,
  ) {}

  @Get(':id/evidence')
  @Access({ scope: scopes.data })
  @Header('cache-control', 'no-store')
  @Answers(RequestEvidence)
  async read(@Param('id', { schema: DataRequestId }) id: DataRequestId): Promise<RequestEvidence> {
    return this.evidence.of(await this.requests.find(id, partner()));
  }
}
