import { Controller, Inject, type OnModuleInit } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import {
  consentEvidence,
  DomainError,
  exchangeEvidence,
  releaseEvidence,
  type ExporterEvidence,
} from '@bayway/contracts';
import type { Jurisdiction } from '@bayway/domain';
import { Access, Bus, evidenceAbout, Handles, Transactions } from '@bayway/service';
import type { z } from 'zod';
import { IncomingRequestEntity } from '../incoming-requests/incoming-request.entity.js';
import { Peers, sender } from '../peers/peers.js';

type Asked = z.infer<typeof exchangeEvidence.request>;

/** The exporter's part of the evidence of an exchange: its own, its consent service's and its connector's. */
@Controller()
export class ExporterEvidenceHandler implements OnModuleInit {
  constructor(
    @Inject(Peers) private readonly peers: Peers,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Bus) private readonly bus: Bus,
  ) {}

  onModuleInit(): void {
    this.peers.answers(exchangeEvidence, (body, from) => this.gather(body, from));
  }

  @Handles(exchangeEvidence)
  @Access('services')
  evidence(@Payload({ schema: exchangeEvidence.request }) body: Asked): Promise<ExporterEvidence> {
    return this.gather(body, sender());
  }

  /** Only for the importer of this very request, and only once its recipient has signed for the record. */
  private async gather({ dataRequestId }: Asked, from: Jurisdiction): Promise<ExporterEvidence> {
    const { db } = this.transactions;
    const row = await db.manager.findOneBy(IncomingRequestEntity, { id: dataRequestId, importer: from });
    if (!row) throw new DomainError('data-request-not-found');
    const { consentId, holder, ownAssessment, requestDigest } = row;
    if (!row.receipt || !consentId || !holder || !ownAssessment) throw new DomainError('data-request-not-ready');
    const consent = await this.bus.ask(consentEvidence, { consentId, dataRequestId }, { timeoutMs: ANSWER_MS });
    const at = { address: holder, timeoutMs: ANSWER_MS };
    const connector = await this.bus.ask(releaseEvidence, { dataRequestId }, at);
    const own = [
      ...(await evidenceAbout(db, { types: ['request.arrived', 'delivery.receipted'], about: { dataRequestId } })),
      ...(await evidenceAbout(db, { types: ['assessment.made'], about: { requestDigest } })),
    ];
    return {
      assessment: ownAssessment,
      consentReceipt: consent.receipt,
      acts: consent.acts,
      permit: connector.permit,
      release: connector.release,
      records: [...own, ...consent.records, ...connector.records],
    };
  }
}

/** Shorter than the wait of the broker that asked us. */
const ANSWER_MS = 1_500;
