import { Module } from '@nestjs/common';
import { AcknowledgementsService } from './acknowledgements/acknowledgements.service.js';
import { AsksHandler } from './asks/asks.handler.js';
import { AsksService } from './asks/asks.service.js';
import { AssessmentsCheck } from './asks/assessments-check.js';
import { DeferralsService } from './asks/deferrals.service.js';
import { AdminConsentEndsController } from './consents/admin-consent-ends.controller.js';
import { ConsentsHandler } from './consents/consents.handler.js';
import { ConsentsReader } from './consents/consents-reader.service.js';
import { ConsentsService } from './consents/consents.service.js';
import { DecisionsService } from './consents/decisions.service.js';
import { ConsentLifecycle } from './consents/lifecycle.service.js';
import { MeConsentsController } from './consents/me-consents.controller.js';
import { PausesService } from './consents/pauses.service.js';
import { ReceiptsService } from './consents/receipts.service.js';
import { Sweeper } from './consents/sweeper.js';
import { AdminNoticesController } from './notices/admin-notices.controller.js';
import { NoticesService } from './notices/notices.service.js';
import { PermitsHandler } from './permits/permits.handler.js';
import { PermitsService } from './permits/permits.service.js';
import { UsesService } from './permits/uses.service.js';
import { KeptReceipts } from './receipts/kept-receipts.service.js';
import { MeReceiptsController } from './receipts/me-receipts.controller.js';
import { AdminRepresentationsController } from './representations/admin-representations.controller.js';
import { MeRepresentationsController } from './representations/me-representations.controller.js';
import { RepresentationsService } from './representations/representations.service.js';
import { Signer } from './signer.js';
import { TemplatesController } from './templates/templates.controller.js';
import { Transactions } from './transactions.js';

/** The wiring. */
@Module({
  controllers: [
    AsksHandler,
    ConsentsHandler,
    PermitsHandler,
    MeConsentsController,
    AdminConsentEndsController,
    TemplatesController,
    MeReceiptsController,
    AdminNoticesController,
    AdminRepresentationsController,
    MeRepresentationsController,
  ],
  providers: [
    Signer,
    Transactions,
    AssessmentsCheck,
    AsksService,
    DeferralsService,
    ReceiptsService,
    ConsentLifecycle,
    AcknowledgementsService,
    DecisionsService,
    ConsentsService,
    ConsentsReader,
    PausesService,
    PermitsService,
    UsesService,
    KeptReceipts,
    NoticesService,
    RepresentationsService,
    Sweeper,
  ],
})
export class ConsentModule {}
