import { Logger } from '@nestjs/common';
import { DomainError, factSubject, fromProblem, type Problem } from '@bayway/contracts';
import type { Jurisdiction } from '@bayway/domain';
import type { DataSource } from 'typeorm';
import type { BorderGate } from './border.js';
import type { Bus } from './bus.js';
import { measureOutbox, REFUSALS_BEFORE_DEATH } from './dead-letters.js';
import { tellOfCommits } from './outbox.js';
import { prepared } from './prepared.js';

type Row = Readonly<{
  seq: string;
  event_id: string;
  subscriber: string;
  subject: string;
  aggregate: string;
  data: unknown;
  attempts: number;
}>;

/** A fact on the wire. */
export type Delivery = Readonly<{ id: string; data: unknown }>;

/**
 * Delivers outbox rows: per subscriber and subject in order, in batches, done only on the reply that follows the
 * subscriber's commit. What cannot be delivered waits with growing delay and holds back its own aggregate only.
 */
export class OutboxRelay {
  private readonly logger = new Logger('outbox');
  private stopped = false;
  private wake: () => void = () => undefined;
  /** Whether a commit was heard of since the outbox was last read. */
  private nudged = false;
  private loop: Promise<void> | null = null;

  constructor(
    private readonly db: DataSource,
    private readonly bus: Bus,
    private readonly gate: BorderGate | null,
  ) {
    tellOfCommits(db, () => this.nudge());
  }

  start(): void {
    this.loop = this.run();
  }

  /** Looks at the outbox now: called after a commit that wrote something due at once. */
  nudge(): void {
    this.nudged = true;
    this.wake();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.nudge();
    await this.loop;
  }

  private async run(): Promise<void> {
    let swept = 0;
    while (!this.stopped) {
      this.nudged = false;
      const delivered = await this.deliverDue().catch((error: unknown) => {
        this.logger.warn({ failure: (error as Error).message });
        return 0;
      });
      if (Date.now() - swept > SWEEP_MS) {
        swept = Date.now();
        await this.sweep().catch((error: unknown) => this.logger.warn({ failure: (error as Error).message }));
      }
      if (delivered === 0 && !this.nudged) await this.pause();
    }
  }

  private pause(): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, POLL_MS - ((Date.now() - LATER_MS) % POLL_MS));
      this.wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }

  private async deliverDue(): Promise<number> {
    const rows: Row[] = await this.db.query(DUE, [BATCH * 4]);
    const groups = new Map<string, Row[]>();
    for (const row of rows) {
      const way = `${row.subscriber} ${row.subject}`;
      groups.set(way, [...(groups.get(way) ?? []), row]);
    }
    const counts = await Promise.all([...groups.values()].map((group) => this.deliver(group.slice(0, BATCH))));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** One batch; if the subscriber refuses it as a whole, one by one, so that one bad row stops only itself. */
  private async deliver(rows: readonly Row[]): Promise<number> {
    try {
      await this.send(rows);
      await this.done(rows);
      return rows.length;
    } catch (error) {
      if (rows.length > 1) return this.deliverEach(rows);
      await this.postpone(rows, error as Error);
      return 0;
    }
  }

  private async deliverEach(rows: readonly Row[]): Promise<number> {
    const held = new Set<string>();
    let count = 0;
    for (const row of rows) {
      if (held.has(row.aggregate)) continue;
      const delivered = await this.deliver([row]);
      if (delivered === 0) held.add(row.aggregate);
      count += delivered;
    }
    return count;
  }

  private async send(rows: readonly Row[]): Promise<void> {
    const [{ subscriber, subject }] = rows as [Row];
    const deliveries: Delivery[] = rows.map((row) => ({ id: row.event_id, data: row.data }));
    if (!subscriber.startsWith('peer:'))
      await this.bus.request(factSubject(subject, subscriber), deliveries, { timeoutMs: DELIVERY_MS });
    else await this.cross(subject, subscriber.slice('peer:'.length) as Jurisdiction, deliveries);
  }

  private async cross(subject: string, to: Jurisdiction, body: readonly Delivery[]): Promise<void> {
    const reply = (await this.gate?.send(this.bus, subject, { to, body, timeoutMs: DELIVERY_MS })) as {
      problem?: Problem;
    };
    if (reply.problem) throw refusalOf(reply.problem);
  }

  private async done(rows: readonly Row[]): Promise<void> {
    await this.db.query(DONE, [rows.map((row) => row.seq)]);
  }

  /** Tried again later. What is refused again and again is set aside: it holds back its own aggregate, and is not lost. */
  private async postpone(rows: readonly Row[], error: Error): Promise<void> {
    const [{ seq, subject, subscriber, attempts }] = rows as [Row];
    const waitMs = Math.min(MAX_WAIT_MS, 100 * 2 ** Math.min(attempts, 10)) * (0.75 + Math.random() / 2);
    if (attempts % 10 === 3) this.logger.warn({ undelivered: subject, subscriber, attempts, failure: error.message });
    const refused = isSilence(error) ? 0 : 1;
    const code = error instanceof DomainError ? error.code : error.name;
    const [[row]] = await this.db.query<[{ dead_at: Date | null }[]]>(POSTPONE, [
      ...[seq, waitMs, refused, code.slice(0, 60), REFUSALS_BEFORE_DEATH],
    ]);
    if (row?.dead_at) this.logger.error({ dead: subject, subscriber, attempts, failure: code });
  }

  /** Delivered rows stay for a week, so that a subscriber can ask again. */
  private async sweep(): Promise<void> {
    await this.db.query("delete from outbox where delivered_at < now() - interval '7 days'");
    await this.db.query("delete from inbox where received_at < now() - interval '30 days'");
    await this.db.query('delete from border_message where expires_at < now()');
    await this.db.query('delete from dpop_proof where expires_at < now()');
    await measureOutbox(this.db);
  }
}

const BATCH = 50;
/** Looks of itself come just after the full half second, when what was batched is due (`batchMs`). */
const POLL_MS = 500;
const LATER_MS = 10;
const SWEEP_MS = 60_000;
const DELIVERY_MS = 5_000;
const MAX_WAIT_MS = 15_000;

const DONE = prepared('update outbox set delivered_at = now() where seq = any($1)');

const POSTPONE = `
  update outbox set attempts = attempts + 1, refusals = refusals + $3, failure = $4,
         dead_at = case when refusals + $3 >= $5 then now() end,
         next_at = case when refusals + $3 >= $5 then 'infinity' else now() + $2 * interval '1 millisecond' end
   where seq = $1 returning dead_at`;

/** Nobody answered, which is no word about the fact: what may be down for hours is waited for. */
const isSilence = (error: Error): boolean =>
  error instanceof DomainError && SILENT.includes(error.code) && error.cause instanceof Error;
const SILENT: readonly string[] = ['service-unavailable', 'border-unreachable'];

const refusalOf = (problem: Problem): Error =>
  fromProblem(problem) ?? new DomainError('service-unavailable', {}, { cause: problem });

/** Rows that are due and not behind an earlier row of the same aggregate that has to wait. */
const DUE = prepared(`
  select o.seq, o.event_id, o.subscriber, o.subject, o.aggregate, o.data, o.attempts
    from outbox o
   where o.delivered_at is null and o.next_at <= now()
     and not exists (select 1 from outbox e where e.delivered_at is null and e.subscriber = o.subscriber
                        and e.aggregate = o.aggregate and e.seq < o.seq and e.next_at > now())
   order by o.seq limit $1`);
