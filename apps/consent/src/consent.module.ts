import { Module } from '@nestjs/common';
import { AcknowledgementsService } from './acknowledgements/acknowledgements.service.js';
import { SilenceService } from './acknowledgements/silence.service.js';
import { AdminConsentsController } from './administration/admin-consents.controller.js';
import { BulkWithdrawalsController } from './administration/bulk-withdrawals.controller.js';
import { BulkWithdrawalsService } from './administration/bulk-withdrawals.service.js';
import { BulkWorker } from './administration/bulk-worker.js';
import { ExportsService } from './administration/exports.service.js';
import { RetentionService } from './administration/retention.service.js';
import { SearchService } from './administration/search.service.js';
import { AsksHandler } from './asks/asks.handler.js';
import { AsksService } from './asks/asks.service.js';
import { AssessmentsCheck } from './asks/assessments-check.js';
import { DeferralsService } from './asks/deferrals.service.js';
import { MeAsksController } from './asks/me-asks.controller.js';
import { WaitingService } from './asks/waiting.service.js';
import { AdminConsentEndsController } from './consents/admin-consent-ends.controller.js';
import { ConsentsHandler } from './consents/consents.handler.js';
import { CountingKeys } from './consents/counting-keys.store.js';
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
import { InformingService } from './notices/informing.service.js';
import { ExpiryService } from './notifications/expiry.service.js';
import { MailWorker } from './notifications/mail-worker.js';
import { Mailer } from './notifications/mailer.js';
import { MeNotificationsController } from './notifications/me-notifications.controller.js';
import { NotificationsService } from './notifications/notifications.service.js';
import { SettingsService } from './notifications/settings.service.js';
import { MeObjectionsController } from './objections/me-objections.controller.js';
import { ObjectionsService } from './objections/objections.service.js';
import { ExchangesService } from './exchanges/exchanges.service.js';
import { MeExchangesController } from './exchanges/me-exchanges.controller.js';
import { EvidenceHandler } from './permits/evidence.handler.js';
import { PermitsHandler } from './permits/permits.handler.js';
import { PermitsService } from './permits/permits.service.js';
import { UsesService } from './permits/uses.service.js';
import { KeptReceipts } from './receipts/kept-receipts.service.js';
import { MeReceiptsController } from './receipts/me-receipts.controller.js';
import { AdminRepresentationsController } from './representations/admin-representations.controller.js';
import { RepresentationsHandler } from './representations/representations.handler.js';
import { MeRepresentationsController } from './representations/me-representations.controller.js';
import { RepresentationsService } from './representations/representations.service.js';
import { Signer } from './signer.js';
import { TemplatesController } from './templates/templates.controller.js';
import { WithdrawalsHandler } from './withdrawals/withdrawals.handler.js';
import { WithdrawalsService } from './withdrawals/withdrawals.service.js';

const told = [
  NotificationsService,
  SettingsService,
  Mailer,
  MailWorker,
  ExpiryService,
  InformingService,
  ObjectionsService,
];
const ended = [WithdrawalsService, AcknowledgementsService, SilenceService];
const administration = [SearchService, BulkWithdrawalsService, BulkWorker, ExportsService, RetentionService];

/** The wiring. */
@Module({
  controllers: [
    AsksHandler,
    ConsentsHandler,
    PermitsHandler,
    EvidenceHandler,
    WithdrawalsHandler,
    MeNotificationsController,
    MeObjectionsController,
    AdminConsentsController,
    BulkWithdrawalsController,
    MeAsksController,
    MeConsentsController,
    AdminConsentEndsController,
    TemplatesController,
    MeReceiptsController,
    MeExchangesController,
    AdminNoticesController,
    AdminRepresentationsController,
    MeRepresentationsController,
    RepresentationsHandler,
  ],
  providers: [
    Signer,
    AssessmentsCheck,
    AsksService,
    DeferralsService,
    WaitingService,
    ReceiptsService,
    ConsentLifecycle,
    DecisionsService,
    ConsentsService,
    ConsentsReader,
    CountingKeys,
    PausesService,
    PermitsService,
    UsesService,
    KeptReceipts,
    ExchangesService,
    NoticesService,
    RepresentationsService,
    Sweeper,
    ...told,
    ...ended,
    ...administration,
  ],
})
export class ConsentModule {}
