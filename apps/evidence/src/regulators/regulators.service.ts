import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import { Digest } from '@bayway/domain';
import { z } from 'zod';
import { Proofs } from '../log/proofs.service.js';
import { LogKeys } from '../log/log-keys.js';
import { ReconciliationStore } from '../reconciliation/reconciliation.store.js';
import { Report } from '../reconciliation/report.js';
import { Statements } from '../reconciliation/statements.js';

/** Who recorded something, as in the key directory: `hk/broker`, `cn/connector/pengwan-credit`. */
export const KeeperName = z
  .string()
  .max(60)
  .regex(/^(hk|mo|cn)\/[a-z]+(\/[a-z][a-z0-9-]{1,39})?$/);

/** Entries of one service, without what they say. */
export const EntriesPage = z.object({
  items: z
    .array(
      z.object({
        id: z.uuid(),
        type: z.string().max(60),
        at: z.iso.datetime(),
        commitment: Digest,
        /** Where it stands in the log; null while it is on its way. */
        index: z.int().nullable(),
        /** Its salt was destroyed: the commitment can no longer be opened. */
        isErased: z.boolean(),
      }),
    )
    .max(200),
  /** The last record of the page, to go on behind it; null at the end. */
  next: z.uuid().nullable(),
});
export type EntriesPage = z.infer<typeof EntriesPage>;

/** Reconciliations with their numbers, newest first. */
export const ReportsPage = z.object({ items: z.array(z.object({ no: z.int(), report: Report })).max(100) });
export type ReportsPage = z.infer<typeof ReportsPage>;

/** What this jurisdiction's regulator may see of its evidence. */
@Injectable()
export class RegulatorsService {
  @Inject(LogKeys) private readonly keys!: LogKeys;
  @Inject(Statements) private readonly statements!: Statements;
  @Inject(ReconciliationStore) private readonly store!: ReconciliationStore;
  @Inject(Proofs) private readonly proofs!: Proofs;

  /**
   * A page of what one service of this jurisdiction recorded.
   * @throws DomainError `keeper-not-found` for another jurisdiction's or an unknown one, `service-unavailable`
   */
  async entries(owner: string, after: string | null): Promise<EntriesPage> {
    const page = await this.page(owner, after);
    const indexes = await this.store.indexesOf(page.map(({ commitment }) => commitment));
    const items = page.map(({ id, record, salt, commitment }) => ({
      ...{ id, type: String(record['type']), at: String(record['at']), commitment },
      ...{ index: indexes.get(commitment) ?? null, isErased: salt === null },
    }));
    return { items, next: page.at(-1)?.id ?? null };
  }

  /** @throws DomainError `route-not-found` when the log is not that long */
  async proof(index: number): Promise<string> {
    return this.proofs.at(index);
  }

  /** Reports before the one of that number. */
  async reports(before: number | null): Promise<ReportsPage> {
    return { items: await this.store.before(before) };
  }

  private page(owner: string, after: string | null) {
    if (owner === `${this.keys.mine}/evidence`) return this.store.own(after);
    const keeper = this.statements.keepers().find((known) => known.owner === owner);
    if (!keeper) throw new DomainError('keeper-not-found');
    return this.statements.page(keeper, after);
  }
}
