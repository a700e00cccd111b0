import { Module } from '@nestjs/common';
import { AssessmentsHandler } from './assessments/assessments.handler.js';
import { AssessmentsService } from './assessments/assessments.service.js';
import { Assessor } from './assessments/assessor.service.js';
import { SidesService } from './assessments/sides.service.js';
import { CountersStore } from './counters/counters.store.js';
import { ParticipantsService } from './participants/participants.service.js';
import { Peers } from './peers/peers.js';
import { Transactions } from './transactions.js';

/** The wiring of the broker. */
@Module({
  controllers: [AssessmentsHandler],
  providers: [Transactions, ParticipantsService, Peers, CountersStore, SidesService, Assessor, AssessmentsService],
})
export class BrokerModule {}
