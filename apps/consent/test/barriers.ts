import { AsyncLocalStorage } from 'node:async_hooks';
import { randomInt } from 'node:crypto';
import type { DataSource, QueryRunner } from 'typeorm';

const LOCKS = /\bFOR (NO KEY )?UPDATE\b/i;
const ENDS = /^(COMMIT|ROLLBACK)/i;

/** One side of a race: where its transaction stands. */
class Side {
  /** Its statement may go on. Set while it waits at a barrier. */
  go: (() => void) | null = null;
  sql = '';
  blocked = false;
  done = false;
  runner: QueryRunner | null = null;
  private changed: () => void = () => undefined;

  constructor(readonly name: string) {}

  /** Waits at the barrier before a statement until the referee lets it pass. */
  arrive(sql: string): Promise<void> {
    this.sql = sql;
    return new Promise((resolve) => {
      this.go = resolve;
      this.changed();
    });
  }

  /** Until it waits at its next barrier or is done. */
  async rests(): Promise<void> {
    while (!this.done && this.go === null) await new Promise<void>((resolve) => (this.changed = resolve));
  }

  finish(): void {
    this.done = true;
    this.changed();
  }

  pass(): void {
    const { go } = this;
    this.go = null;
    go?.();
  }
}

/**
 * Puts a barrier before every statement that the two sides of a race send to PostgreSQL, and lets one statement of one
 * side go at a time, in an order that `choose` draws. Nothing of the service is replaced: its statements only wait.
 */
export class Barriers {
  private readonly current = new AsyncLocalStorage<Side>();

  constructor(db: DataSource) {
    const create = db.createQueryRunner.bind(db);
    db.createQueryRunner = (mode) => {
      const runner = create(mode);
      const query = runner.query.bind(runner);
      runner.query = (async (sql: string, ...rest: unknown[]) => {
        const side = this.current.getStore();
        // The first transaction of a side is the one that races; what it wakes up afterwards is not held.
        if (side && !side.done && (side.runner ??= runner) === runner) await side.arrive(sql);
        return (query as (...all: unknown[]) => Promise<unknown>)(sql, ...rest);
      }) as QueryRunner['query'];
      return runner;
    };
  }

  /**
   * Runs both to their end. A side that asks for the lock the other holds goes on when that one has ended.
   * @returns what each came to, and the order of statements: one letter per statement, `a` or `b`
   */
  async race<A, B>(
    works: readonly [() => Promise<A>, () => Promise<B>],
    choose: (n: number) => number = randomInt,
  ): Promise<{ results: [A, B]; order: string }> {
    const sides = [new Side('a'), new Side('b')] as const;
    const start = <T>(side: Side, work: () => Promise<T>): Promise<T> =>
      this.current.run(side, work).finally(() => side.finish());
    const results = Promise.all([start(sides[0], works[0]), start(sides[1], works[1])]);
    results.catch(() => undefined);
    const order = await this.referee(sides, choose);
    return { results: await results, order };
  }

  private async referee(sides: readonly [Side, Side], choose: (n: number) => number): Promise<string> {
    const lock = new Lock(sides);
    let order = '';
    for (;;) {
      for (const side of sides) if (!side.blocked) await side.rests();
      const ready = sides.filter((side) => !side.blocked && !side.done);
      if (ready.length === 0) return order;
      const side = ready[choose(ready.length)] as Side;
      order += side.name;
      lock.before(side);
      side.pass();
      lock.after(side);
    }
  }
}

/** Who holds the row's lock, as PostgreSQL will have it: a side that asks for it second goes on when the first has ended. */
class Lock {
  private holder: Side | null = null;

  constructor(private readonly sides: readonly [Side, Side]) {}

  before(side: Side): void {
    if (!LOCKS.test(side.sql)) return;
    this.holder ??= side;
    side.blocked = this.holder !== side;
  }

  after(side: Side): void {
    if (side.blocked || this.holder !== side || !ENDS.test(side.sql)) return;
    this.holder = this.sides.find((other) => other.blocked) ?? null;
    if (this.holder) this.holder.blocked = false;
  }
}
