import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import { recordEvidence, Transactions } from '@bayway/service';
import type { EntityManager } from 'typeorm';
import { lockConsent } from '../consents/consents.store.js';
import { WithdrawalsService } from '../withdrawals/withdrawals.service.js';
import { Worker } from '../worker.js';
import { BulkWithdrawalEntity } from './bulk-withdrawal.entity.js';
import { settle, takeNext } from './bulk-withdrawals.store.js';

/** Does approved bulk withdrawals, one consent and one commit after another: progress is what is committed. */
@Injectable()
export class BulkWorker extends Worker {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(WithdrawalsService) private readonly withdrawals: WithdrawalsService,
  ) {
    super('bulk', 1_000);
  }

  /** Withdraws one. @returns 0 when nothing runs */
  work(): Promise<number> {
    return this.transactions.run(async (tx) => {
      const item = await takeNext(tx);
      if (!item) return 0;
      if (item.consentId === null) return this.end(tx, item.bulkId);
      const { reference, reason, by } = item;
      const consent = await lockConsent(tx, item.consentId);
      const way = { channel: 'bulk' as const, by, reference, reason };
      // The rule looks before anything is written: what it refuses leaves the transaction as it was.
      const outcome = await this.withdrawals.end(tx, consent, way).then(
        () => 'withdrawn' as const,
        (error: unknown) => {
          if (error instanceof DomainError) return 'passed-over' as const;
          throw error;
        },
      );
      await settle(tx, item, outcome);
      return 1;
    });
  }

  private async end(tx: EntityManager, id: string): Promise<number> {
    const bulk = await tx.findOneByOrFail(BulkWithdrawalEntity, { id });
    await tx.update(BulkWithdrawalEntity, { id }, { state: 'done', endedAt: new Date() });
    const { withdrawn, passedOver } = bulk;
    await recordEvidence(tx, 'bulk.ended', { bulkId: id, by: bulk.decidedBy, state: 'done', withdrawn, passedOver });
    return 1;
  }
}
