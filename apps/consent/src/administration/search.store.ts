import type { ConsentFilter } from '@bayway/contracts';
import type { EntityManager } from 'typeorm';
import { ConsentEntity } from '../consents/consent.entity.js';
import type { Place } from '../keyset.js';

/** The first instant of a day of the Bay, and the first after it. */
const START = "(?::timestamp - interval '8 hours') at time zone 'UTC'";
const END = "(?::timestamp + interval '16 hours') at time zone 'UTC'";

const SILENT = 'select k.consent_id from acknowledgement k where k.silent_since is not null';

type Condition = string | ((value: unknown) => string);

/** One condition per filter; `?` stands for the filter's value. Columns are those of the index `consent_search`. */
const CONDITIONS: Readonly<Record<keyof ConsentFilter, Condition>> = {
  state: 'c.state = any(?::text[])',
  subject: 'c.subject_id = ?::uuid',
  subjectKind: 'c.subject_kind = ?',
  holder: 'c.holder = ?',
  recipient: 'c.recipient = ?',
  importer: 'c.importer = ?',
  dataset: 'c.dataset = ?',
  purpose: 'c.purpose = ?',
  notice: 'c.ask_id in (select a.id from ask a where a.notice_id = ?)',
  decidedFrom: `c.decided_at >= ${START}`,
  decidedTo: `c.decided_at < ${END}`,
  // The row holds the end of the last day.
  validFrom: `c.expires_at >= ${END}`,
  validTo: `c.expires_at <= ${END}`,
  channel: 'c.id in (select w.consent_id from withdrawal w where w.channel = ?)',
  silent: (value) => `c.id ${value === true ? 'in' : 'not in'} (${SILENT})`,
  used: 'c.used = ?::boolean',
};

type Where = { sql: string; parameters: unknown[] };

/** The filter as SQL over `consent c`. Values are parameters only. */
export function whereOf(filter: ConsentFilter): Where {
  const parameters: unknown[] = [];
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  const conditions = given.map(([name, value]) => {
    const condition = CONDITIONS[name as keyof ConsentFilter];
    if (typeof condition === 'function') return condition(value);
    parameters.push(value);
    return condition.replace('?', `$${parameters.length}`);
  });
  return { sql: conditions.length > 0 ? conditions.join(' and ') : 'true', parameters };
}

/** Ids of one page in the order of decisions, newest first. */
export async function findIds(
  db: EntityManager,
  { filter, after, limit }: { filter: ConsentFilter; after: Place | null; limit: number },
): Promise<string[]> {
  const { sql, parameters } = whereOf(filter);
  const n = parameters.length;
  const place = after ? `and (c.decided_at, c.id) < ($${n + 1}::timestamptz, $${n + 2}::uuid)` : '';
  const rows = await db.query<{ id: string }[]>(
    `select c.id from consent c where ${sql} ${place} order by c.decided_at desc, c.id desc limit ${limit}`,
    [...parameters, ...(after ?? [])],
  );
  return rows.map(({ id }) => id);
}

/** Rows of ids, in their order. */
export async function findInOrder(db: EntityManager, ids: readonly string[]): Promise<ConsentEntity[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .createQueryBuilder(ConsentEntity, 'c')
    .whereInIds([...ids])
    .getMany();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** How many there are, counting no further than `limit`; null counts all. */
export async function count(db: EntityManager, filter: ConsentFilter, limit: number | null): Promise<number> {
  const { sql, parameters } = whereOf(filter);
  const rows = await db.query<{ n: number }[]>(
    limit === null
      ? `select count(*)::int as n from consent c where ${sql}`
      : `select count(*)::int as n from (select 1 from consent c where ${sql} limit ${limit}) found`,
    parameters,
  );
  return rows[0]?.n ?? 0;
}
