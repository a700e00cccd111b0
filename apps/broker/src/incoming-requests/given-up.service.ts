import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { requestCancelled } from '@bayway/contracts';
import type { Jurisdiction } from '@bayway/domain';
import { OnFact, recordEvidence } from '@bayway/service';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Peers, sender } from '../peers/peers.js';
import { IncomingRequestsStore } from './incoming-requests.store.js';
import { SettlingService } from './settling.service.js';

type GivenUp = z.infer<typeof requestCancelled.data>;

/** Takes in that the importer's side gave up a request: only that side may. */
@Injectable()
export class GivenUpService implements OnModuleInit {
  constructor(
    @Inject(Peers) private readonly peers: Peers,
    @Inject(IncomingRequestsStore) private readonly store: IncomingRequestsStore,
    @Inject(SettlingService) private readonly settling: SettlingService,
  ) {}

  onModuleInit(): void {
    this.peers.takes(requestCancelled, (data, tx, from) => this.take(data, tx, from));
  }

  @OnFact(requestCancelled)
  arrived(data: GivenUp, tx: EntityManager): Promise<void> {
    return this.take(data, tx, sender());
  }

  private async take({ dataRequestId, cause }: GivenUp, tx: EntityManager, from: Jurisdiction): Promise<void> {
    const row = await this.store.locked(tx, dataRequestId);
    if (row?.importer === from) return this.settling.giveUp(tx, row, cause);
    await recordEvidence(tx, 'message.refused', { subject: requestCancelled.subject, dataRequestId, from });
  }
}
