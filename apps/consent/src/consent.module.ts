import { Module } from '@nestjs/common';
import { AcknowledgementsService } from './acknowledgements/acknowledgements.service.js';
import { AsksHandler } from './asks/asks.handler.js';
import { AsksService } from './asks/asks.service.js';
import { AssessmentsCheck } from './asks/assessments-check.js';
import { ConsentsHandler } from './consents/consents.handler.js';
import { ConsentsReader } from './consents/consents-reader.service.js';
import { ConsentsService } from './consents/consents.service.js';
import { DecisionsService } from './consents/decisions.service.js';
import { ConsentLifecycle } from './consents/lifecycle.service.js';
import { MeConsentsController } from './consents/me-consents.controller.js';
import { ReceiptsService } from './consents/receipts.service.js';
import { Sweeper } from './consents/sweeper.js';
import { EvidenceHandler } from './permits/evidence.handler.js';
import { PermitsHandler } from './permits/permits.handler.js';
import { PermitsService } from './permits/permits.service.js';
import { UsesService } from './permits/uses.service.js';
import { Signer } from './signer.js';
import { Transactions } from './transactions.js';

/** The wiring. */
@Module({
  controllers: [AsksHandler, ConsentsHandler, PermitsHandler, EvidenceHandler, MeConsentsController],
  providers: [
    Signer,
    Transactions,
    AssessmentsCheck,
    AsksService,
    ReceiptsService,
    ConsentLifecycle,
    AcknowledgementsService,
    DecisionsService,
    ConsentsService,
    ConsentsReader,
    PermitsService,
    UsesService,
    Sweeper,
  ],
})
export class ConsentModule {}
