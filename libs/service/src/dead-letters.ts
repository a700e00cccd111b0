import type { OutboxWay, Standing } from '@bayway/contracts';
import type { DataSource, EntityManager } from 'typeorm';
import { newGauge } from './metrics.js';

/** A fact that was set aside: its subscriber refused it too often. What is in it is not shown. */
export type DeadLetter = Readonly<{
  seq: string;
  subject: string;
  subscriber: string;
  aggregate: string;
  attempts: number;
  failure: string | null;
  createdAt: Date;
  deadAt: Date;
}>;

/** A fact that was refused this often, over half an hour, is not taken the next time either. */
export const REFUSALS_BEFORE_DEATH = 120;

/** Facts that were set aside, oldest first, behind `after`. */
export const deadLetters = (
  db: DataSource,
  { after, limit }: { after: string; limit: number },
): Promise<DeadLetter[]> =>
  db.query(
    `select seq::text, subject, subscriber, aggregate, attempts, failure, created_at as "createdAt", dead_at as "deadAt"
       from outbox where dead_at is not null and seq > $1 order by seq limit $2`,
    [after, limit],
  );

/**
 * Has a fact that was set aside delivered anew, and with it what waits behind it.
 * @returns its subject; null when no such fact is set aside
 */
export async function replayDeadLetter(tx: EntityManager, seq: string): Promise<string | null> {
  const [[row]] = await tx.query<[{ subject: string }[]]>(
    `update outbox set dead_at = null, refusals = 0, next_at = now()
      where seq = $1 and dead_at is not null returning subject`,
    [seq],
  );
  return row?.subject ?? null;
}

/** How the facts of this service stand with those it tells them to; who has confirmed everything is not named. */
export async function standingOf(db: DataSource): Promise<Standing> {
  const ways = await db.query<(Omit<OutboxWay, 'oldestAt'> & { oldestAt: Date | null })[]>(
    `select subscriber as to, count(*) filter (where dead_at is null)::int as waiting,
            count(*) filter (where dead_at is not null)::int as "setAside",
            min(created_at) filter (where dead_at is null) as "oldestAt"
       from outbox where delivered_at is null group by subscriber order by subscriber limit 200`,
  );
  return {
    at: new Date().toISOString(),
    ways: ways.map((way) => ({ ...way, oldestAt: way.oldestAt?.toISOString() ?? null })),
  };
}

const gauge = newGauge('outbox_facts', 'Facts that are not delivered, by what they wait for', ['state']);

/** Counts what is not delivered, for the metrics. */
export async function measureOutbox(db: DataSource): Promise<void> {
  const [row] = await db.query<{ waiting: number; retried: number; dead: number }[]>(
    `select count(*) filter (where attempts = 0)::int as waiting,
            count(*) filter (where attempts > 0 and dead_at is null)::int as retried,
            count(*) filter (where dead_at is not null)::int as dead
       from outbox where delivered_at is null`,
  );
  for (const [state, count] of Object.entries(row ?? {})) gauge.set({ state }, count);
}
