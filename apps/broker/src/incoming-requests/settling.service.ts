import { Inject, Injectable } from '@nestjs/common';
import {
  releaseCancelled,
  requestSettled,
  type ProblemCode,
  type Refusal,
  type ReleaseSummary,
} from '@bayway/contracts';
import type { DataRequestId } from '@bayway/domain';
import { digestOf } from '@bayway/envelope';
import { addToOutbox, recordEvidence } from '@bayway/service';
import type { EntityManager } from 'typeorm';
import { CountersStore } from '../counters/counters.store.js';
import { Peers } from '../peers/peers.js';
import { isPassing, RESERVATION_LIFE_MS, step, type Outcome } from './incoming-request.js';
import { IncomingRequestEntity } from './incoming-request.entity.js';
import { IncomingRequestsStore } from './incoming-requests.store.js';

/** How a request ends on this side: with a release, or with the problem it met. */
export type End = Readonly<
  | { outcome: 'released'; release: ReleaseSummary; problem: null; refusal: null }
  | { outcome: Exclude<Outcome, 'released'>; release: null; problem: ProblemCode; refusal: Refusal | null }
>;

export const released = (release: ReleaseSummary): End => ({
  outcome: 'released',
  release,
  problem: null,
  refusal: null,
});

export const ended = (
  outcome: Exclude<Outcome, 'released'>,
  problem: ProblemCode,
  refusal: Refusal | null = null,
): End => ({
  outcome,
  release: null,
  problem,
  refusal,
});

/** The connector fell silent, or is still at it. */
const mayHaveReleased = ({ outcome, problem }: End): boolean =>
  outcome === 'cancelled' || outcome === 'expired' || (problem !== null && isPassing(problem));

/** Ends requests: state, counters, evidence and the answer to the other side commit together, once. */
@Injectable()
export class SettlingService {
  constructor(
    @Inject(IncomingRequestsStore) private readonly store: IncomingRequestsStore,
    @Inject(CountersStore) private readonly counters: CountersStore,
    @Inject(Peers) private readonly peers: Peers,
  ) {}

  /** Ends a request unless it has ended before. What was released for one that nobody waits for is destroyed. */
  async settle(tx: EntityManager, id: DataRequestId, end: End): Promise<void> {
    const row = await this.store.locked(tx, id);
    if (!row) return;
    if (row.settledAt) return end.outcome === 'released' ? this.destroyLate(tx, row) : undefined;
    const at = new Date();
    const { outcome, ...how } = end;
    await tx.update(
      IncomingRequestEntity,
      { id },
      { ...how, ...step(row, outcome, { at, reason: end.problem }), settledAt: at },
    );
    await this.count(tx, row, end);
    await this.recordEnd(tx, row, end);
    // The importer's side knows of what it gave up itself.
    if (outcome === 'cancelled') return;
    const told = { outcome: outcome === 'expired' ? ('failed' as const) : outcome, ...how };
    const data = { dataRequestId: id, ...told, assessment: row.ownAssessment, at: at.toISOString() };
    await this.peers.tell(tx, requestSettled, { to: row.importer, aggregate: id, data });
  }

  /** The importer's side gave a request up: it ends, or its record, released a moment before, is destroyed. */
  async giveUp(tx: EntityManager, row: IncomingRequestEntity, cause: 'cancelled' | 'expired'): Promise<void> {
    if (!row.settledAt) return this.settle(tx, row.id, ended(cause, `data-request-${cause}`));
    if (row.state === 'released' && !row.receipt) await this.destroy(tx, row);
  }

  private async destroyLate(tx: EntityManager, row: IncomingRequestEntity): Promise<void> {
    if (row.state === 'cancelled' || row.state === 'expired') await this.destroy(tx, row);
  }

  private async destroy(tx: EntityManager, { id: dataRequestId, holder }: IncomingRequestEntity): Promise<void> {
    const data = { dataRequestId, at: new Date().toISOString() };
    await addToOutbox(tx, releaseCancelled, { aggregate: dataRequestId, data, holder: holder ?? '' });
  }

  /** When the connector did not answer in time it may have released all the same: then the person stays counted a while. */
  private async count(tx: EntityManager, { id, state }: IncomingRequestEntity, end: End): Promise<void> {
    if (end.outcome === 'released') await this.counters.confirm(tx, id);
    else if (state === 'arrived' || !mayHaveReleased(end)) await this.counters.free(tx, id);
    else await this.counters.letExpire(tx, id, new Date(Date.now() + RESERVATION_LIFE_MS));
  }

  private async recordEnd(tx: EntityManager, row: IncomingRequestEntity, end: End): Promise<void> {
    if (end.outcome === 'released') return;
    const { id: dataRequestId, requestDigest } = row;
    const importerAssessment = digestOf(row.importerAssessment);
    const why = { problem: end.problem, rule: end.refusal?.rule ?? null };
    await recordEvidence(tx, EVIDENCE[end.outcome], { dataRequestId, requestDigest, importerAssessment, ...why });
  }
}

const EVIDENCE = {
  refused: 'request.refused',
  failed: 'request.failed',
  expired: 'request.failed',
  cancelled: 'request.cancelled',
} as const;
