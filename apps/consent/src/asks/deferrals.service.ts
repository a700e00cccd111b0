import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type deferAsk } from '@bayway/contracts';
import { recordEvidence, Transactions } from '@bayway/service';
import type { z } from 'zod';
import { assertOpen } from './ask.js';
import { AskEntity } from './ask.entity.js';
import { AskHistoryEntity } from './ask-history.entity.js';

/** She decides later. */
@Injectable()
export class DeferralsService {
  constructor(@Inject(Transactions) private readonly transactions: Transactions) {}

  /** The ask stays open until its time is over. Said again: the same answer. @throws DomainError when it is not open, or not hers */
  defer(actor: string, { askId }: z.infer<typeof deferAsk.request>): Promise<z.infer<typeof deferAsk.answer>> {
    return this.transactions.run(async (tx) => {
      const ask = await tx.findOne(AskEntity, { where: { id: askId }, lock: { mode: 'pessimistic_write' } });
      if (!ask) throw new DomainError('ask-not-found', { askId });
      const at = new Date();
      assertOpen(ask, actor, at);
      if (!(await tx.existsBy(AskHistoryEntity, { askId, state: 'deferred' }))) {
        await tx.insert(AskHistoryEntity, { askId, state: 'deferred', at });
        await recordEvidence(tx, 'ask.deferred', { askId, askDigest: ask.digest });
      }
      return { askId, answerBy: ask.expiresAt.toISOString() };
    });
  }
}
