import { Inject, Injectable } from '@nestjs/common';
import { DomainError, exchangeEvidence, type ExchangeEvidence } from '@bayway/contracts';
import { evidenceAbout, Transactions } from '@bayway/service';
import type { DataRequestEntity } from '../data-requests/data-request.entity.js';
import { Peers } from '../peers/peers.js';

/** The evidence of an exchange for the partner that asked for the record: the parts of both sides. */
@Injectable()
export class ExchangeEvidenceService {
  constructor(
    @Inject(Peers) private readonly peers: Peers,
    @Inject(Transactions) private readonly transactions: Transactions,
  ) {}

  /** @throws DomainError `data-request-not-ready` before the receipt, `border-unreachable` while the other side is away */
  async of(request: DataRequestEntity): Promise<ExchangeEvidence> {
    const { id: dataRequestId, exporter: to, requestDigest, ownAssessment, receipt } = request;
    if (!receipt || !ownAssessment) throw new DomainError('data-request-not-ready');
    const theirs = await this.peers.ask(exchangeEvidence, { to, body: { dataRequestId } });
    const { db } = this.transactions;
    const types = ['request.made', 'delivery.made', 'delivery.receipted'] as const;
    const importer = [
      ...(await evidenceAbout(db, { types, about: { dataRequestId } })),
      ...(await evidenceAbout(db, { types: ['assessment.made'], about: { requestDigest } })),
    ];
    const { assessment: exporterAssessment, records: exporter, ...others } = theirs;
    const own = { request: request.signedRequest, importerAssessment: ownAssessment, deliveryReceipt: receipt };
    return { objects: { ...own, exporterAssessment, ...others }, records: { importer, exporter } };
  }
}
