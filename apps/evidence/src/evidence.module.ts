import { Module } from '@nestjs/common';
import { AlarmsController } from './alarms/alarms.controller.js';
import { AlarmsService } from './alarms/alarms.service.js';
import { BundlesHandler } from './bundles/bundles.handler.js';
import { BundlesService } from './bundles/bundles.service.js';
import { EntriesHandler } from './entries/entries.handler.js';
import { Feeder } from './feeding/feeder.service.js';
import { WitnessClient } from './feeding/witness-client.js';
import { KeyDirectoryController } from './key-directory/key-directory.controller.js';
import { KeyDirectoryService } from './key-directory/key-directory.service.js';
import { CheckpointsService } from './log/checkpoints.service.js';
import { LogController } from './log/log.controller.js';
import { LogKeys } from './log/log-keys.js';
import { LogStore } from './log/log.store.js';
import { ProofsController } from './log/proofs.controller.js';
import { Proofs } from './log/proofs.service.js';
import { FollowedStore } from './monitor/followed.store.js';
import { Follower } from './monitor/follower.service.js';
import { PeerLog } from './monitor/peer-log.js';
import { PeerEntries } from './reconciliation/peer-entries.js';
import { ReconciliationController } from './reconciliation/reconciliation.controller.js';
import { ReconciliationStore } from './reconciliation/reconciliation.store.js';
import { Reconciler } from './reconciliation/reconciler.service.js';
import { Statements } from './reconciliation/statements.js';
import { RegulatorsController } from './regulators/regulators.controller.js';
import { RegulatorsService } from './regulators/regulators.service.js';
import { Sequencer } from './log/sequencer.service.js';
import { StatusController } from './log/status.controller.js';
import { WitnessController } from './witness/witness.controller.js';
import { WitnessService } from './witness/witness.service.js';
import { WitnessStore } from './witness/witness.store.js';

@Module({
  controllers: [
    LogController,
    ProofsController,
    StatusController,
    WitnessController,
    KeyDirectoryController,
    AlarmsController,
    ReconciliationController,
    BundlesHandler,
    RegulatorsController,
  ],
  providers: [
    LogKeys,
    LogStore,
    CheckpointsService,
    Sequencer,
    EntriesHandler,
    WitnessClient,
    Feeder,
    WitnessStore,
    WitnessService,
    KeyDirectoryService,
    AlarmsService,
    PeerLog,
    FollowedStore,
    Follower,
    Statements,
    PeerEntries,
    ReconciliationStore,
    Reconciler,
    BundlesService,
    Proofs,
    RegulatorsService,
  ],
})
export class EvidenceModule {}
