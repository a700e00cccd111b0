import { Module } from '@nestjs/common';
import { CONFIG, SaltRetention } from '@bayway/service';
import type { ConnectorConfig } from './config.js';
import { AnswersStore } from './answers/answers.store.js';
import { CarriedRecordsController } from './carried/carried-records.controller.js';
import { CarriedRecordsService } from './carried/carried-records.service.js';
import { ComparisonsService } from './carried/comparisons.service.js';
import { RecordsService } from './records/records.service.js';
import { Source } from './records/source.js';
import { DestructionService } from './releases/destruction.service.js';
import { EvidenceHandler } from './releases/evidence.handler.js';
import { OrdersService } from './releases/orders.service.js';
import { PermitsService } from './releases/permits.service.js';
import { ReleasesHandler } from './releases/releases.handler.js';
import { ReleasesService } from './releases/releases.service.js';
import { ReleasesStore } from './releases/releases.store.js';
import { Sweeper } from './releases/sweeper.js';
import { CONNECTOR_FILE, readConnectorFile, type ConnectorFile } from './settings/connector-file.js';
import { HolderKey } from './settings/holder-key.js';
import { PersonNames } from './settings/person-names.js';
import { StandingHandler } from './standing/standing.handler.js';
import { Staging } from './staging/staging.js';

const file = {
  provide: CONNECTOR_FILE,
  useFactory: (config: ConnectorConfig): Promise<ConnectorFile> => readConnectorFile(config.CONNECTOR_FILE),
  inject: [CONFIG],
};

/** The wiring of a connector. */
@Module({
  controllers: [StandingHandler, ReleasesHandler, EvidenceHandler, CarriedRecordsController],
  providers: [
    file,
    HolderKey,
    Source,
    Staging,
    RecordsService,
    OrdersService,
    PermitsService,
    ReleasesStore,
    AnswersStore,
    PersonNames,
    CarriedRecordsService,
    ComparisonsService,
    ReleasesService,
    DestructionService,
    Sweeper,
    SaltRetention,
  ],
})
export class ConnectorModule {}
