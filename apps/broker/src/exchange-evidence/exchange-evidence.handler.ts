import { Controller, Inject, type OnModuleInit } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import {
  exchangeEvidence,
  importerEvidence,
  refusedEvidence,
  refusedRequests,
  requestEvidence,
  type RefusedRequests,
  type RequestEvidence,
} from '@bayway/contracts';
import type { DataRequestId } from '@bayway/domain';
import { Access, Handles } from '@bayway/service';
import type { z } from 'zod';
import { Peers, sender } from '../peers/peers.js';
import { ExporterEvidence } from './exporter-evidence.service.js';
import { ImporterEvidence } from './importer-evidence.service.js';

type One = Readonly<{ dataRequestId: DataRequestId }>;
type Hers = z.infer<typeof requestEvidence.request>;

/** What the other brokers ask of this side's part, and what consent asks for the resident. */
@Controller()
export class ExchangeEvidenceHandler implements OnModuleInit {
  constructor(
    @Inject(Peers) private readonly peers: Peers,
    @Inject(ExporterEvidence) private readonly exporter: ExporterEvidence,
    @Inject(ImporterEvidence) private readonly importer: ImporterEvidence,
  ) {}

  onModuleInit(): void {
    this.peers.answers(exchangeEvidence, ({ dataRequestId }, from) => this.exporter.partFor(dataRequestId, from));
    this.peers.answers(refusedEvidence, ({ dataRequestId }, from) => this.exporter.refusedPartFor(dataRequestId, from));
    this.peers.answers(importerEvidence, ({ dataRequestId }, from) => this.importer.partFor(dataRequestId, from));
  }

  @Handles(exchangeEvidence)
  @Access('services')
  exchanged(@Payload({ schema: exchangeEvidence.request }) { dataRequestId }: One) {
    return this.exporter.partFor(dataRequestId, sender());
  }

  @Handles(refusedEvidence)
  @Access('services')
  refused(@Payload({ schema: refusedEvidence.request }) { dataRequestId }: One) {
    return this.exporter.refusedPartFor(dataRequestId, sender());
  }

  @Handles(importerEvidence)
  @Access('services')
  imported(@Payload({ schema: importerEvidence.request }) { dataRequestId }: One) {
    return this.importer.partFor(dataRequestId, sender());
  }

  @Handles(requestEvidence)
  @Access('services')
  hers(@Payload({ schema: requestEvidence.request }) { consentId, dataRequestId }: Hers): Promise<RequestEvidence> {
    return this.exporter.under(consentId, dataRequestId);
  }

  @Handles(refusedRequests)
  @Access('services')
  refusedOf(
    @Payload({ schema: refusedRequests.request }) { consentId }: Pick<Hers, 'consentId'>,
  ): Promise<RefusedRequests> {
    return this.exporter.refusedUnder(consentId);
  }
}
