import { Module } from '@nestjs/common';
import { CONFIG } from '@bayway/service';
import type { BrokerConfig } from './config.js';
import { AdminDeadLettersController } from './dead-letters/admin-dead-letters.controller.js';
import { DeadLettersService } from './dead-letters/dead-letters.service.js';
import { Breakers } from './holders/breakers.js';
import { RateLimit } from './data-requests/rate-limit.js';
import { AdminAssessmentsController } from './assessments/admin-assessments.controller.js';
import { AssessmentsHandler } from './assessments/assessments.handler.js';
import { ModeOffersService } from './assessments/mode-offers.service.js';
import { AssessmentsService } from './assessments/assessments.service.js';
import { Assessor } from './assessments/assessor.service.js';
import { RecordedService } from './assessments/recorded.service.js';
import { SidesService } from './assessments/sides.service.js';
import { ConsentEndsService } from './consent-ends/consent-ends.service.js';
import { AnnouncedDays } from './calendars/announced-days.service.js';
import { CountersStore } from './counters/counters.store.js';
import { CancellationsService } from './data-requests/cancellations.service.js';
import { DataRequestsController } from './data-requests/data-requests.controller.js';
import { DataRequestsService } from './data-requests/data-requests.service.js';
import { DataRequestsStore } from './data-requests/data-requests.store.js';
import { ReceiptsService } from './data-requests/receipts.service.js';
import { RecordsService } from './data-requests/records.service.js';
import { SettlementsService } from './data-requests/settlements.service.js';
import { Waiting } from './data-requests/waiting.js';
import { ExchangeEvidenceController } from './exchange-evidence/exchange-evidence.controller.js';
import { ExchangeEvidenceHandler } from './exchange-evidence/exchange-evidence.handler.js';
import { ExporterEvidence } from './exchange-evidence/exporter-evidence.service.js';
import { ImporterEvidence } from './exchange-evidence/importer-evidence.service.js';
import { EndStatementsController } from './end-statements/end-statements.controller.js';
import { EndStatementsService } from './end-statements/end-statements.service.js';
import { EventStreamsController } from './event-streams/event-streams.controller.js';
import { EventStreamsService } from './event-streams/event-streams.service.js';
import { ArrivalsService } from './incoming-requests/arrivals.service.js';
import { AssessingService } from './incoming-requests/assessing.service.js';
import { ChunksHandler } from './incoming-requests/chunks.handler.js';
import { GivenUpService } from './incoming-requests/given-up.service.js';
import { IncomingRequestsStore } from './incoming-requests/incoming-requests.store.js';
import { IncomingWorker } from './incoming-requests/incoming-worker.js';
import { ReceiptedService } from './incoming-requests/receipted.service.js';
import { SettlingService } from './incoming-requests/settling.service.js';
import { StepsService } from './incoming-requests/steps.service.js';
import { VerificationService } from './incoming-requests/verification.service.js';
import { AdminInstrumentsController } from './instruments/admin-instruments.controller.js';
import { AdminRulesController } from './rules/admin-rules.controller.js';
import { InstrumentsReader } from './instruments/instruments.store.js';
import { RemindersService } from './instruments/reminders.service.js';
import { AdminParticipantsController } from './participants/admin-participants.controller.js';
import { ParticipantsReader } from './participants/participants-reader.service.js';
import { ParticipantsService } from './participants/participants.service.js';
import { OffersController } from './offers/offers.controller.js';
import { OffersService } from './offers/offers.service.js';
import { MeteringStore } from './metering/metering.store.js';
import { OpenDataController } from './metering/open-data.controller.js';
import { ReconciliationStore } from './metering/reconciliation.store.js';
import { AdminStatementsController, StatementsController } from './metering/statements.controller.js';
import { LinksService } from './operations/links.service.js';
import { OperationsController } from './operations/operations.controller.js';
import { Peers } from './peers/peers.js';
import { Rounds } from './rounds.js';
import { BrokerRetention } from './retention/broker-retention.service.js';
import { SimulationsController } from './simulations/simulations.controller.js';
import { SimulationsService } from './simulations/simulations.service.js';
import { TimelineService } from './traffic/timeline.service.js';
import { TrafficController } from './traffic/traffic.controller.js';
import { TrafficService } from './traffic/traffic.service.js';
import { TrafficStore } from './traffic/traffic.store.js';
import { WebhookWorker } from './webhooks/webhook-worker.js';
import { WebhooksService } from './webhooks/webhooks.service.js';
import { WithdrawalsController } from './withdrawals/withdrawals.controller.js';
import { WithdrawalsService } from './withdrawals/withdrawals.service.js';

const assessments = [ParticipantsService, CountersStore, SidesService, Assessor, AssessmentsService, ModeOffersService];
const importer = [
  DataRequestsService,
  SettlementsService,
  RecordsService,
  ReceiptsService,
  ExporterEvidence,
  ImporterEvidence,
  Waiting,
];
const exporter = [
  ArrivalsService,
  IncomingWorker,
  IncomingRequestsStore,
  StepsService,
  AssessingService,
  VerificationService,
  SettlingService,
  ReceiptedService,
];

const officers = [AnnouncedDays, RecordedService, SimulationsService, InstrumentsReader, RemindersService];
const traffic = [TrafficStore, TrafficService, TimelineService];
const ends = [ConsentEndsService, WithdrawalsService, EndStatementsService, WebhooksService, WebhookWorker];

const metering = [MeteringStore, ReconciliationStore];
const rate = {
  provide: RateLimit,
  useFactory: ({ REQUESTS_PER_SECOND }: BrokerConfig) => new RateLimit(REQUESTS_PER_SECOND),
  inject: [CONFIG],
};
const lives = [
  CancellationsService,
  DataRequestsStore,
  EventStreamsService,
  GivenUpService,
  Breakers,
  DeadLettersService,
  LinksService,
  ParticipantsReader,
  rate,
];

/** The wiring of the broker. */
@Module({
  controllers: [
    AssessmentsHandler,
    ChunksHandler,
    ExchangeEvidenceHandler,
    ExchangeEvidenceController,
    EventStreamsController,
    AdminDeadLettersController,
    StatementsController,
    AdminStatementsController,
    OpenDataController,
    DataRequestsController,
    AdminAssessmentsController,
    AdminInstrumentsController,
    AdminRulesController,
    AdminParticipantsController,
    SimulationsController,
    WithdrawalsController,
    EndStatementsController,
    OffersController,
    TrafficController,
    OperationsController,
  ],
  providers: [
    Peers,
    OffersService,
    ...assessments,
    ...importer,
    ...exporter,
    ...officers,
    ...traffic,
    ...ends,
    ...lives,
    ...metering,
    Rounds,
    BrokerRetention,
  ],
})
export class BrokerModule {}
