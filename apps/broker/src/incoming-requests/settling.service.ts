import { Inject, Injectable } from '@nestjs/common';
import { requestSettled, type ProblemCode, type Refusal, type ReleaseSummary } from '@bayway/contracts';
import type { DataRequestId } from '@bayway/domain';
import { digestOf } from '@bayway/envelope';
import { recordEvidence } from '@bayway/service';
import type { EntityManager } from 'typeorm';
import { CountersStore } from '../counters/counters.store.js';
import { Peers } from '../peers/peers.js';
import { isPassing, RESERVATION_LIFE_MS } from './incoming-request.js';
import { IncomingRequestEntity } from './incoming-request.entity.js';
import { IncomingRequestsStore } from './incoming-requests.store.js';

/** How a request ends on this side: with a release, or with the problem it met. */
export type End = Readonly<
  | { outcome: 'released'; release: ReleaseSummary; problem: null; refusal: null }
  | { outcome: 'refused' | 'failed'; release: null; problem: ProblemCode; refusal: Refusal | null }
>;

export const released = (release: ReleaseSummary): End => ({
  outcome: 'released',
  release,
  problem: null,
  refusal: null,
});

export const ended = (outcome: 'refused' | 'failed', problem: ProblemCode, refusal: Refusal | null = null): End => ({
  outcome,
  release: null,
  problem,
  refusal,
});

/** Ends requests: state, counters, evidence and the answer to the other side commit together, once. */
@Injectable()
export class SettlingService {
  constructor(
    @Inject(IncomingRequestsStore) private readonly store: IncomingRequestsStore,
    @Inject(CountersStore) private readonly counters: CountersStore,
    @Inject(Peers) private readonly peers: Peers,
  ) {}

  /** Ends a request unless it has ended before. */
  async settle(tx: EntityManager, id: DataRequestId, end: End): Promise<void> {
    const row = await this.store.locked(tx, id);
    if (!row || row.settledAt) return;
    const at = new Date();
    const { outcome, ...how } = end;
    await tx.update(IncomingRequestEntity, { id }, { ...how, state: outcome, settledAt: at });
    await this.count(tx, row, end);
    await this.recordEnd(tx, row, end);
    const told = { dataRequestId: id, outcome, ...how, assessment: row.ownAssessment, at: at.toISOString() };
    await this.peers.tell(tx, requestSettled, { to: row.importer, aggregate: id, data: told });
  }

  /** When the connector did not answer in time it may have released all the same: then the person stays counted a while. */
  private async count(tx: EntityManager, { id, state }: IncomingRequestEntity, end: End): Promise<void> {
    if (end.outcome === 'released') await this.counters.confirm(tx, id);
    else if (state === 'arrived' || !isPassing(end.problem)) await this.counters.free(tx, id);
    else await this.counters.letExpire(tx, id, new Date(Date.now() + RESERVATION_LIFE_MS));
  }

  private async recordEnd(tx: EntityManager, row: IncomingRequestEntity, end: End): Promise<void> {
    if (end.outcome === 'released') return;
    const { id: dataRequestId, requestDigest } = row;
    const importerAssessment = digestOf(row.importerAssessment);
    const why = { problem: end.problem, rule: end.refusal?.rule ?? null };
    const type = end.outcome === 'refused' ? 'request.refused' : 'request.failed';
    await recordEvidence(tx, type, { dataRequestId, requestDigest, importerAssessment, ...why });
  }
}
