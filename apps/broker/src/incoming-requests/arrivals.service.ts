import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { requestArrived } from '@bayway/contracts';
import { jurisdictionOf, type Jurisdiction } from '@bayway/domain';
import { digestOf } from '@bayway/envelope';
import { afterCommit, OnFact, recordEvidence } from '@bayway/service';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { ImporterPart } from '../assessments/parts.js';
import { Peers, sender } from '../peers/peers.js';
import { deadlineOf } from './incoming-request.js';
import { IncomingRequestEntity } from './incoming-request.entity.js';
import { IncomingWorker } from './incoming-worker.js';

type Arrived = z.infer<typeof requestArrived.data>;

/** Takes requests in from the importers' brokers. They are verified and answered by the worker. */
@Injectable()
export class ArrivalsService implements OnModuleInit {
  private readonly logger = new Logger('arrivals');
  constructor(
    @Inject(Peers) private readonly peers: Peers,
    @Inject(IncomingWorker) private readonly worker: IncomingWorker,
  ) {}

  onModuleInit(): void {
    this.peers.takes(requestArrived, (data, tx, from) => this.take(data, tx, from));
  }

  @OnFact(requestArrived)
  arrived(data: Arrived, tx: EntityManager): Promise<void> {
    return this.take(data, tx, sender());
  }

  private async take(data: Arrived, tx: EntityManager, from: Jurisdiction): Promise<void> {
    const { dataRequestId, importer, signedRequest, assessment, party } = data;
    const part = ImporterPart.safeParse(data.facts);
    const isTheirs =
      importer === from && jurisdictionOf(party.place) === from && party.place === part.data?.importer.place;
    const row = part.success && isTheirs ? rowOf(data, part.data) : null;
    const inserted =
      row &&
      (await tx
        .createQueryBuilder()
        .insert()
        .into(IncomingRequestEntity)
        .values(row)
        .orIgnore()
        .returning('id')
        .execute());
    if (!row || (inserted?.raw as unknown[]).length === 0) {
      this.logger.warn({ refused: requestArrived.subject, dataRequestId, from });
      await recordEvidence(tx, 'message.refused', { subject: requestArrived.subject, dataRequestId, from });
      return;
    }
    const requestDigest = digestOf(signedRequest);
    await recordEvidence(tx, 'request.arrived', {
      dataRequestId,
      requestDigest,
      importer,
      assessment: digestOf(assessment),
    });
    afterCommit(tx, () => this.worker.wake());
  }
}

function rowOf(
  { dataRequestId, importer, signedRequest, assessment, party, deadlineAt }: Arrived,
  importerPart: ImporterPart,
) {
  const now = new Date();
  return {
    ...{
      id: dataRequestId,
      importer,
      recipient: party.id,
      signedRequest,
      importerAssessment: assessment,
      importerPart,
    },
    requestDigest: digestOf(signedRequest),
    state: 'arrived' as const,
    attempts: 0,
    nextAt: now,
    history: [{ state: 'arrived', reason: null, at: now.toISOString() }],
    deadlineAt: deadlineOf(deadlineAt, now),
    arrivedAt: now,
  };
}
