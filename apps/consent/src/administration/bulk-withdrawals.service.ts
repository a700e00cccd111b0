import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type BulkWithdrawalView, type ProposeBulkWithdrawal } from '@bayway/contracts';
import { canonicalDigest, digestOf } from '@bayway/envelope';
import { recordEvidence, Transactions } from '@bayway/service';
import type { EntityManager } from 'typeorm';
import { approve, cancel, LARGEST } from './bulk-withdrawal.js';
import { BulkWithdrawalEntity } from './bulk-withdrawal.entity.js';
import { freeze, samplesOf } from './bulk-withdrawals.store.js';
import { toAdminView } from './consents-view.js';
import { findIds, findInOrder } from './search.store.js';

/** Withdrawals of many consents: proposed on a frozen set, approved by another administrator, done by a worker. */
@Injectable()
export class BulkWithdrawalsService {
  constructor(@Inject(Transactions) private readonly transactions: Transactions) {}

  /** Freezes what the filter finds and answers its exact total and ten of it; nothing is withdrawn. @throws DomainError */
  propose(by: string, { filter, reason, reference }: ProposeBulkWithdrawal): Promise<BulkWithdrawalView> {
    return this.transactions.run(async (tx) => {
      const ids = await findIds(tx, { filter, after: null, limit: LARGEST + 1 });
      if (ids.length > LARGEST) throw new DomainError('bulk-withdrawal-too-large', { most: LARGEST });
      if (ids.length === 0)
        throw new DomainError('request-invalid', { errors: [{ pointer: '#/filter', detail: 'finds nothing' }] });
      const bulk = {
        ...proposed(by, { filter, reason, reference }),
        total: ids.length,
        setDigest: digestOf(ids.join('\n')),
      };
      await tx.insert(BulkWithdrawalEntity, bulk);
      await freeze(tx, bulk.id, ids);
      const evidence = {
        bulkId: bulk.id,
        by,
        reference,
        reasonDigest: digestOf(reason),
        filterDigest: canonicalDigest(filter),
      };
      await recordEvidence(tx, 'bulk.proposed', { ...evidence, setDigest: bulk.setDigest, total: bulk.total });
      return viewOf(tx, bulk);
    });
  }

  /** @throws DomainError `bulk-withdrawal-not-found` */
  one(id: string): Promise<BulkWithdrawalView> {
    return this.transactions.run(async (tx) => viewOf(tx, await find(tx, id)));
  }

  /** The latest fifty. */
  list(): Promise<{ items: BulkWithdrawalView[] }> {
    return this.transactions.run(async (tx) => {
      const rows = await tx.find(BulkWithdrawalEntity, { order: { proposedAt: 'desc', id: 'desc' }, take: 50 });
      const items: BulkWithdrawalView[] = [];
      for (const row of rows) items.push(await viewOf(tx, row));
      return { items };
    });
  }

  /** @throws DomainError of {@link approve} */
  approve(id: string, by: string, setDigest: string): Promise<BulkWithdrawalView> {
    return this.transactions.run(async (tx) => {
      const bulk = await find(tx, id, true);
      const change = approve(bulk, by, { setDigest, at: new Date() });
      await tx.update(BulkWithdrawalEntity, { id }, change);
      await recordEvidence(tx, 'bulk.approved', { bulkId: id, by, setDigest });
      return viewOf(tx, { ...bulk, ...change });
    });
  }

  /** Also one that is under way: it stops between two consents. @throws DomainError of {@link cancel} */
  cancel(id: string, by: string): Promise<BulkWithdrawalView> {
    return this.transactions.run(async (tx) => {
      const bulk = await find(tx, id, true);
      const change = cancel(bulk, by, new Date());
      await tx.update(BulkWithdrawalEntity, { id }, change);
      const { withdrawn, passedOver } = bulk;
      await recordEvidence(tx, 'bulk.ended', { bulkId: id, by, state: 'cancelled', withdrawn, passedOver });
      return viewOf(tx, { ...bulk, ...change });
    });
  }
}

const proposed = (by: string, body: ProposeBulkWithdrawal) => ({
  ...body,
  id: randomUUID(),
  state: 'proposed' as const,
  proposedBy: by,
  proposedAt: new Date(),
  decidedBy: null,
  decidedAt: null,
  endedAt: null,
  withdrawn: 0,
  passedOver: 0,
});

async function find(tx: EntityManager, id: string, isLocked = false): Promise<BulkWithdrawalEntity> {
  const lock = isLocked ? { lock: { mode: 'pessimistic_write' as const } } : {};
  const row = await tx.findOne(BulkWithdrawalEntity, { where: { id }, ...lock });
  if (!row) throw new DomainError('bulk-withdrawal-not-found', { bulkId: id });
  return row;
}

async function viewOf(tx: EntityManager, row: BulkWithdrawalEntity): Promise<BulkWithdrawalView> {
  const samples = await findInOrder(tx, await samplesOf(tx, row.id));
  return {
    ...row,
    proposedBy: row.proposedBy as BulkWithdrawalView['proposedBy'],
    decidedBy: row.decidedBy as BulkWithdrawalView['decidedBy'],
    proposedAt: row.proposedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    samples: samples.map(toAdminView),
  };
}
