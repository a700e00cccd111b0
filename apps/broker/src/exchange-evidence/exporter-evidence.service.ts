import { Inject, Injectable } from '@nestjs/common';
import {
  consentEvidence,
  DomainError,
  importerEvidence,
  releaseEvidence,
  type ExporterEvidence as Part,
  type RefusedRequests,
  type RequestEvidence,
  type SaltedRecord,
} from '@bayway/contracts';
import type { ConsentId, DataRequestId, Jurisdiction } from '@bayway/domain';
import { Bus, evidenceAbout, Transactions } from '@bayway/service';
import { In } from 'typeorm';
import { IncomingRequestEntity } from '../incoming-requests/incoming-request.entity.js';
import { Peers } from '../peers/peers.js';
import { endedParts, endIn, type ExportersPart } from './ended-parts.js';

/** The evidence of requests that came to this side: for the other side of each, and for the resident under her consent. */
@Injectable()
export class ExporterEvidence {
  constructor(
    @Inject(Peers) private readonly peers: Peers,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Bus) private readonly bus: Bus,
  ) {}

  /** Only for the importer of this very request, and only once its recipient has signed for the record. */
  async partFor(id: DataRequestId, importer: Jurisdiction): Promise<Part> {
    return this.part(await this.find({ id, importer }));
  }

  /**
   * The same of a request that ended without a record for the importer: here, or there. Of one that was released here before
   * it was known to have ended there, it has no end.
   * @throws DomainError `data-request-not-ready` before it has ended here too
   */
  async refusedPartFor(id: DataRequestId, importer: Jurisdiction): Promise<ExportersPart> {
    const row = await this.find({ id, importer });
    if (!row.settledAt || row.receipt) throw new DomainError('data-request-not-ready');
    return { assessment: row.ownAssessment, records: await this.records(row) };
  }

  /** The parts of both sides of one request under a consent. Whose consent it is, consent has checked. */
  async under(consentId: ConsentId, id: DataRequestId): Promise<RequestEvidence> {
    const row = await this.find({ id, consentId });
    const hasEnded = row.settledAt !== null && row.release === null;
    if (!hasEnded && !row.receipt) throw new DomainError('data-request-not-ready');
    const body = { dataRequestId: id };
    const theirs = await this.peers.ask(importerEvidence, { to: row.importer, body });
    const signed = { request: row.signedRequest, importerAssessment: theirs.assessment };
    if (hasEnded) {
      // The importer's side hears of the end within moments.
      if (!endIn(theirs.records, 'importer')) throw new DomainError('data-request-not-ready');
      const own = { assessment: row.ownAssessment, records: await this.records(row) };
      return endedParts({ ...signed, records: theirs.records }, own);
    }
    const { assessment: exporterAssessment, records: exporter, ...others } = await this.part(row);
    const deliveryReceipt = row.receipt ?? '';
    return {
      objects: { ...signed, exporterAssessment, ...others, deliveryReceipt },
      records: { importer: theirs.records, exporter },
    };
  }

  /** What ended without a release under a consent, newest first. */
  async refusedUnder(consentId: ConsentId): Promise<RefusedRequests> {
    const rows = await this.transactions.db.manager.find(IncomingRequestEntity, {
      where: { consentId, state: In([...ENDS]) },
      order: { arrivedAt: 'desc' },
      take: 100,
    });
    const items = rows.map(({ id, state, settledAt, arrivedAt }) => ({
      ...{ dataRequestId: id, at: (settledAt ?? arrivedAt).toISOString() },
      outcome: state as (typeof ENDS)[number],
    }));
    return { items };
  }

  private async find(where: Partial<Pick<IncomingRequestEntity, 'id' | 'importer' | 'consentId'>>) {
    const row = await this.transactions.db.manager.findOneBy(IncomingRequestEntity, where as { id: DataRequestId });
    if (!row) throw new DomainError('data-request-not-found');
    return row;
  }

  private async part(row: IncomingRequestEntity): Promise<Part> {
    const { id: dataRequestId, consentId, holder, ownAssessment } = row;
    if (!row.receipt || !consentId || !holder || !ownAssessment) throw new DomainError('data-request-not-ready');
    const consent = await this.bus.ask(consentEvidence, { consentId, dataRequestId }, { timeoutMs: ANSWER_MS });
    const at = { address: holder, timeoutMs: ANSWER_MS };
    const connector = await this.bus.ask(releaseEvidence, { dataRequestId }, at);
    return {
      ...{ assessment: ownAssessment, consentReceipt: consent.receipt, acts: consent.acts },
      ...{ permit: connector.permit, release: connector.release },
      records: [...(await this.records(row)), ...consent.records, ...connector.records],
    };
  }

  private async records({ id: dataRequestId, requestDigest }: IncomingRequestEntity): Promise<SaltedRecord[]> {
    const { db } = this.transactions;
    return [
      ...(await evidenceAbout(db, { types: TYPES, about: { dataRequestId } })),
      ...(await evidenceAbout(db, { types: ['assessment.made'], about: { requestDigest } })),
    ];
  }
}

const ENDS = ['refused', 'failed', 'expired', 'cancelled'] as const;
const TYPES = [
  ...(['request.arrived', 'request.refused', 'request.failed', 'request.cancelled', 'delivery.receipted'] as const),
] as const;

/** Shorter than the wait of the broker that asked us. */
const ANSWER_MS = 1_500;
