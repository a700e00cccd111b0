import { Inject, Injectable, Logger } from '@nestjs/common';
import { DomainError, recordReleased, releaseRecord, requestWaiting, type ProblemCode } from '@bayway/contracts';
import { EnvelopeError } from '@bayway/envelope';
import { Bus, OnFact, Transactions } from '@bayway/service';
import { IsNull, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { CountersStore } from '../counters/counters.store.js';
import { AssessingService } from './assessing.service.js';
import { Breakers } from '../holders/breakers.js';
import { Peers } from '../peers/peers.js';
import { afterProblem, stepsOnDelay } from './incoming-request.js';
import { IncomingRequestEntity } from './incoming-request.entity.js';
import { ended, released, SettlingService } from './settling.service.js';

/** The way of a request on the exporter's side: assess, have it released, answer. Each step may be repeated. */
@Injectable()
export class StepsService {
  private readonly logger = new Logger('incoming');
  @Inject(AssessingService) private readonly assessing!: AssessingService;
  @Inject(SettlingService) private readonly settling!: SettlingService;
  @Inject(Transactions) private readonly transactions!: Transactions;
  @Inject(CountersStore) private readonly counters!: CountersStore;
  @Inject(Bus) private readonly bus!: Bus;
  @Inject(Breakers) private readonly breakers!: Breakers;
  @Inject(Peers) private readonly peers!: Peers;

  /** Takes a request as far as it goes now. What it stumbles over is either tried again later or its end. */
  async advance(request: IncomingRequestEntity): Promise<void> {
    let row: IncomingRequestEntity | null = request;
    try {
      if (row.deadlineAt <= new Date()) throw new DomainError('data-request-expired');
      if (row.state === 'arrived') row = await this.assessing.assess(row);
      if (row) await this.release(row);
    } catch (error) {
      await this.stumble(row ?? request, this.codeOf(error));
    }
  }

  private async release(row: IncomingRequestEntity): Promise<void> {
    const { id: dataRequestId, signedRequest, importerAssessment, ownAssessment, holder } = row;
    const body = { dataRequestId, signedRequest, importerAssessment, exporterAssessment: ownAssessment ?? '' };
    const asked = { address: holder ?? '', timeoutMs: RELEASE_MS };
    const release = await this.breakers.through(asked.address, () => this.bus.ask(releaseRecord, body, asked));
    await this.transactions.run((tx) => this.settling.settle(tx, row.id, released(release)));
  }

  /** The connector's own word, should its answer have been lost. */
  @OnFact(recordReleased)
  async released(
    { dataRequestId: id, release }: z.infer<typeof recordReleased.data>,
    tx: EntityManager,
  ): Promise<void> {
    await this.settling.settle(tx, id, released(release));
    await this.counters.confirm(tx, id);
  }

  private async stumble(row: IncomingRequestEntity, problem: ProblemCode): Promise<void> {
    if (problem === 'data-request-changed') return;
    const next = afterProblem(row, problem, new Date());
    this.logger.debug({ dataRequestId: row.id, problem, ...next });
    if ('again' in next) await this.transactions.run((tx) => this.postpone(tx, row, { problem, again: next.again }));
    else {
      const why = next.end === 'expired' ? 'data-request-expired' : problem;
      await this.transactions.run((tx) => this.settling.settle(tx, row.id, ended(next.end, why)));
    }
  }

  /** Tried again later. The importer's side is told, unless it is over before anybody could have read it. */
  private async postpone(
    tx: EntityManager,
    row: IncomingRequestEntity,
    { problem, again }: { problem: ProblemCode; again: Date },
  ): Promise<void> {
    const now = new Date();
    const change = { nextAt: again, problem, history: stepsOnDelay(row, problem, now) };
    const { affected } = await tx.update(IncomingRequestEntity, { id: row.id, settledAt: IsNull() }, change);
    if (affected !== 1 || again.getTime() - now.getTime() < WORTH_TELLING_MS) return;
    const at = { nextTryAt: again.toISOString(), at: now.toISOString() };
    const data = { dataRequestId: row.id, reason: problem, ...at };
    await this.peers.tell(tx, requestWaiting, { to: row.importer, aggregate: row.id, data });
  }

  private codeOf(error: unknown): ProblemCode {
    if (error instanceof DomainError || error instanceof EnvelopeError) return error.code;
    this.logger.error(error);
    return 'service-unavailable';
  }
}

/** Looking up, signing, encrypting and the permit, at most. */
const RELEASE_MS = 15_000;
const WORTH_TELLING_MS = 600;
