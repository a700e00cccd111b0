import type { EntityManager } from 'typeorm';

type Item = Readonly<{
  bulkId: string;
  no: number;
  consentId: string | null;
  reference: string;
  reason: string;
  by: string;
}>;

/** Keeps the set in its order. */
export const freeze = (tx: EntityManager, bulkId: string, ids: readonly string[]): Promise<unknown> =>
  tx.query(
    `insert into bulk_withdrawal_item (bulk_id, no, consent_id)
     select $1, t.no, t.id from unnest($2::uuid[]) with ordinality as t (id, no)`,
    [bulkId, ids],
  );

/** Ten of the set, spread evenly over it. */
export async function samplesOf(tx: EntityManager, bulkId: string): Promise<string[]> {
  const rows = await tx.query<{ consent_id: string }[]>(
    `select i.consent_id from bulk_withdrawal b
       join bulk_withdrawal_item i on i.bulk_id = b.id
        and i.no in (select 1 + (n * (b.total - 1)) / greatest(least(b.total, 10) - 1, 1)
                       from generate_series(0, least(b.total, 10) - 1) as n)
      where b.id = $1 order by i.no`,
    [bulkId],
  );
  return rows.map(({ consent_id }) => consent_id);
}

/** The next consent of a bulk withdrawal that runs; locks the bulk, so that a cancellation falls between two consents. */
export async function takeNext(tx: EntityManager): Promise<Item | null> {
  const [row] = await tx.query<Item[]>(
    `select b.id as "bulkId", b.reference, b.reason, b.decided_by as by, i.no, i.consent_id as "consentId"
       from bulk_withdrawal b
       left join lateral (select no, consent_id from bulk_withdrawal_item
                           where bulk_id = b.id and outcome is null order by no limit 1) i on true
      where b.state = 'running' order by b.decided_at limit 1 for update of b skip locked`,
  );
  return row ?? null;
}

/** Notes what became of one. */
export async function settle(
  tx: EntityManager,
  { bulkId, no }: Item,
  outcome: 'withdrawn' | 'passed-over',
): Promise<void> {
  await tx.query('update bulk_withdrawal_item set outcome = $3 where bulk_id = $1 and no = $2', [bulkId, no, outcome]);
  const counter = outcome === 'withdrawn' ? 'withdrawn' : 'passed_over';
  await tx.query(`update bulk_withdrawal set ${counter} = ${counter} + 1 where id = $1`, [bulkId]);
}
