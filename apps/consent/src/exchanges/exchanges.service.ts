import { Inject, Injectable } from '@nestjs/common';
import { makeBundle, refusedRequests, requestEvidence, type RefusedRequests } from '@bayway/contracts';
import type { ConsentId, DataRequestId } from '@bayway/domain';
import { Bus } from '@bayway/service';
import { DataSource } from 'typeorm';
import { assertHers } from '../consents/consents.service.js';

/** Requests under a resident's consent, as brokers and logs tell of them. */
@Injectable()
export class ExchangesService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Bus) private readonly bus: Bus,
  ) {}

  /** What ended without a release. @throws DomainError `consent-not-found` also for others' */
  async refusals(consentId: ConsentId, subjectId: string): Promise<RefusedRequests> {
    await assertHers(this.db.manager, consentId, subjectId);
    return this.bus.ask(refusedRequests, { consentId });
  }

  /**
   * The evidence bundle of one request under her consent, made by the evidence service of what both brokers keep.
   * @throws DomainError `consent-not-found`, `data-request-not-found`, `data-request-not-ready`, `border-unreachable`,
   *   `evidence-not-witnessed`, `evidence-incomplete`
   */
  async evidence(consentId: ConsentId, dataRequestId: DataRequestId, subjectId: string): Promise<Buffer> {
    await assertHers(this.db.manager, consentId, subjectId);
    const parts = await this.bus.ask(requestEvidence, { consentId, dataRequestId }, { timeoutMs: GATHER_MS });
    const { bundle } = await this.bus.ask(makeBundle, parts, { timeoutMs: MAKE_MS });
    return Buffer.from(bundle, 'ascii');
  }
}

/** Longer than the brokers wait for each other, and than evidence waits for witnesses. */
const GATHER_MS = 8_000;
const MAKE_MS = 12_000;
