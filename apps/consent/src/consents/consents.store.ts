import { DomainError } from '@bayway/contracts';
import { prepared } from '@bayway/service';
import type { EntityManager } from 'typeorm';
import { ConsentEntity } from './consent.entity.js';
import { ReceiptEntity } from './receipt.entity.js';

/**
 * The row of a consent, locked until the transaction ends. Every change of a consent takes this lock first, so that a
 * withdrawal and a permit of the same consent never run side by side.
 * @throws DomainError `consent-not-found`
 */
export async function lockConsent(tx: EntityManager, id: string): Promise<ConsentEntity> {
  lockSql ??= prepared(`select ${columnsOf(tx)} from consent where id = $1 for update`);
  const [row] = await tx.query<ConsentEntity[]>(lockSql, [id]);
  if (!row) throw new DomainError('consent-not-found', { consentId: id });
  return row;
}

let lockSql: string | undefined;

/** The columns of a consent under the names of its members; the driver's values are those of the entity. */
const columnsOf = (tx: EntityManager): string =>
  tx.dataSource
    .getMetadata(ConsentEntity)
    .columns.map(({ databaseName, propertyName }) => `${databaseName} as "${propertyName}"`)
    .join(', ');

/** The newest signed receipt of a consent. */
export async function latestReceipt(db: EntityManager, consentId: string): Promise<string> {
  const receipt = await db.findOneOrFail(ReceiptEntity, { where: { consentId }, order: { issuedAt: 'desc' } });
  return receipt.jws;
}

/** Ids of pending or given consents whose time is over at `at`, oldest first. */
export async function findOverdue(db: EntityManager, at: Date, limit: number): Promise<string[]> {
  const rows: { id: string }[] = await db.query(
    `(select id, lapses_at as due from consent where state = 'pending' and lapses_at <= $1 order by lapses_at limit $2)
     union all
     (select id, expires_at from consent where state in ('given', 'renewed', 'paused') and expires_at <= $1 order by expires_at limit $2)
     order by due limit $2`,
    [at, limit],
  );
  return rows.map((row) => row.id);
}

/** Ids of ended consents whose end the others have not been told of, and which have no release on its way any more. */
export async function findUntold(db: EntityManager, at: Date, limit: number): Promise<string[]> {
  const rows: { id: string }[] = await db.query(
    `select c.id from consent c
      where c.ended_at is not null and c.end_told_at is null and c.state <> 'refused'
        and not exists (select 1 from consent_use u where u.consent_id = c.id and u.received_at is null
                         and coalesce(u.available_until, u.started_at + interval '15 minutes') > $1)
      order by c.ended_at limit $2`,
    [at, limit],
  );
  return rows.map((row) => row.id);
}
