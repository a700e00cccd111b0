import { Inject, Injectable } from '@nestjs/common';
import {
  DomainError,
  exchangeEvidence,
  type ExchangeEvidence,
  refusedEvidence,
  type RefusalEvidence,
  type RequestEvidence,
  type SaltedRecord,
} from '@bayway/contracts';
import type { DataRequestId, Jurisdiction } from '@bayway/domain';
import { digestOf } from '@bayway/envelope';
import { evidenceAbout, Transactions } from '@bayway/service';
import { DataRequestEntity } from '../data-requests/data-request.entity.js';
import { Peers } from '../peers/peers.js';
import { endedParts, endIn, type ExportersPart, isOfExporter } from './ended-parts.js';

/** This side's part of the evidence of a request that a partner of ours made. */
export type ImporterPart = Readonly<{ assessment: string; deliveryReceipt: string | null; records: SaltedRecord[] }>;

/** The evidence of requests that partners of this side made: for them, and for the other side of each. */
@Injectable()
export class ImporterEvidence {
  constructor(
    @Inject(Peers) private readonly peers: Peers,
    @Inject(Transactions) private readonly transactions: Transactions,
  ) {}

  /**
   * The parts of both sides, for the partner that asked for the record.
   * @throws DomainError `data-request-not-ready` before receipt or end, or while the other side does not know of the end;
   *   `border-unreachable` while the other side is away; `evidence-incomplete` when a salt is gone
   */
  async of(request: DataRequestEntity): Promise<RequestEvidence> {
    const { receipt, ownAssessment } = request;
    if (request.settledAt && !request.release) return this.ended(request);
    if (!receipt || !ownAssessment) throw new DomainError('data-request-not-ready');
    return this.exchanged(request, receipt, ownAssessment);
  }

  /** For the exporter's side, only of a request that went there. */
  async partFor(dataRequestId: DataRequestId, exporter: Jurisdiction): Promise<ImporterPart> {
    const request = await this.transactions.db.manager.findOneBy(DataRequestEntity, { id: dataRequestId, exporter });
    if (!request) throw new DomainError('data-request-not-found');
    return this.part(request);
  }

  private async exchanged(
    { id: dataRequestId, exporter: to, signedRequest }: DataRequestEntity,
    deliveryReceipt: string,
    importerAssessment: string,
  ): Promise<ExchangeEvidence> {
    const theirs = await this.peers.ask(exchangeEvidence, { to, body: { dataRequestId } });
    const { assessment: exporterAssessment, records: exporter, ...others } = theirs;
    const own = { request: signedRequest, importerAssessment, deliveryReceipt };
    const importer = await this.records(dataRequestId, signedRequest);
    return { objects: { ...own, exporterAssessment, ...others }, records: { importer, exporter } };
  }

  private async ended(request: DataRequestEntity): Promise<RefusalEvidence> {
    const { assessment: importerAssessment, records } = await this.part(request);
    const own = { request: request.signedRequest, importerAssessment, records };
    const end = endIn(records, 'importer');
    // What was refused here did not go out.
    const wentOut = (end && isOfExporter(end)) || (request.state !== 'refused' && request.state !== 'failed');
    return endedParts(own, wentOut ? await this.exportersPart(request) : null);
  }

  /** Null when the request never got there. */
  private async exportersPart({ id, exporter: to }: DataRequestEntity): Promise<ExportersPart | null> {
    try {
      return await this.peers.ask(refusedEvidence, { to, body: { dataRequestId: id } });
    } catch (error) {
      if (error instanceof DomainError && error.code === 'data-request-not-found') return null;
      throw error;
    }
  }

  private async part({ id, signedRequest, ownAssessment, receipt }: DataRequestEntity): Promise<ImporterPart> {
    if (!ownAssessment) throw new DomainError('evidence-incomplete');
    return { assessment: ownAssessment, deliveryReceipt: receipt, records: await this.records(id, signedRequest) };
  }

  private async records(dataRequestId: DataRequestId, signedRequest: string): Promise<SaltedRecord[]> {
    const { db } = this.transactions;
    return [
      ...(await evidenceAbout(db, { types: TYPES, about: { dataRequestId } })),
      ...(await evidenceAbout(db, { types: ['assessment.made'], about: { requestDigest: digestOf(signedRequest) } })),
    ];
  }
}

const ENDS = ['request.refused', 'request.failed', 'request.cancelled'] as const;
const TYPES = ['request.made', ...ENDS, 'delivery.made', 'delivery.receipted'] as const;
