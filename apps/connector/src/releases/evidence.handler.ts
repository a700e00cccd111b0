import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { DomainError, releaseEvidence } from '@bayway/contracts';
import { Access, evidenceAbout, Handles, Transactions } from '@bayway/service';
import type { z } from 'zod';
import { ReleasesStore } from './releases.store.js';

type Asked = z.infer<typeof releaseEvidence.request>;
type Evidence = z.infer<typeof releaseEvidence.answer>;

/** Gives the broker what this holder keeps about a release that was made: its statement, and records with their salts. */
@Controller()
export class EvidenceHandler {
  constructor(
    @Inject(ReleasesStore) private readonly store: ReleasesStore,
    @Inject(Transactions) private readonly transactions: Transactions,
  ) {}

  @Handles(releaseEvidence)
  @Access('services')
  async evidence(@Payload({ schema: releaseEvidence.request }) { dataRequestId }: Asked): Promise<Evidence> {
    const release = await this.store.find(dataRequestId);
    if (!release?.statement) throw new DomainError('data-request-not-found');
    const about = { dataRequestId };
    const records = await evidenceAbout(this.transactions.db, { types: ['release.made'], about });
    return { permit: release.permit, release: release.statement, records };
  }
}
