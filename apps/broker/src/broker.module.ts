import { Module } from '@nestjs/common';
import { AssessmentsHandler } from './assessments/assessments.handler.js';
import { AssessmentsService } from './assessments/assessments.service.js';
import { Assessor } from './assessments/assessor.service.js';
import { SidesService } from './assessments/sides.service.js';
import { ConsentEndsService } from './consent-ends/consent-ends.service.js';
import { CountersStore } from './counters/counters.store.js';
import { DataRequestsController } from './data-requests/data-requests.controller.js';
import { DataRequestsService } from './data-requests/data-requests.service.js';
import { ReceiptsService } from './data-requests/receipts.service.js';
import { RecordsService } from './data-requests/records.service.js';
import { SettlementsService } from './data-requests/settlements.service.js';
import { Waiting } from './data-requests/waiting.js';
import { ExchangeEvidenceController } from './exchange-evidence/exchange-evidence.controller.js';
import { ExchangeEvidenceService } from './exchange-evidence/exchange-evidence.service.js';
import { ExporterEvidenceHandler } from './exchange-evidence/exporter-evidence.handler.js';
import { ArrivalsService } from './incoming-requests/arrivals.service.js';
import { AssessingService } from './incoming-requests/assessing.service.js';
import { ChunksHandler } from './incoming-requests/chunks.handler.js';
import { IncomingRequestsStore } from './incoming-requests/incoming-requests.store.js';
import { IncomingWorker } from './incoming-requests/incoming-worker.js';
import { ReceiptedService } from './incoming-requests/receipted.service.js';
import { SettlingService } from './incoming-requests/settling.service.js';
import { StepsService } from './incoming-requests/steps.service.js';
import { VerificationService } from './incoming-requests/verification.service.js';
import { ParticipantsService } from './participants/participants.service.js';
import { Peers } from './peers/peers.js';
import { Transactions } from './transactions.js';

const assessments = [ParticipantsService, CountersStore, SidesService, Assessor, AssessmentsService];
const importer = [
  DataRequestsService,
  SettlementsService,
  RecordsService,
  ReceiptsService,
  ExchangeEvidenceService,
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

/** The wiring of the broker. */
@Module({
  controllers: [
    AssessmentsHandler,
    ChunksHandler,
    ExporterEvidenceHandler,
    DataRequestsController,
    ExchangeEvidenceController,
  ],
  providers: [Transactions, Peers, ...assessments, ...importer, ...exporter, ConsentEndsService],
})
export class BrokerModule {}
