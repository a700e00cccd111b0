import type { DataSource, EntityManager } from 'typeorm';

const waiting = new WeakMap<EntityManager, (() => void)[]>();

/** Runs `work` in one transaction; what it left with `afterCommit` runs once the commit has been confirmed. */
export async function inTransaction<T>(db: DataSource, work: (tx: EntityManager) => Promise<T>): Promise<T> {
  const later: (() => void)[] = [];
  const result = await db.transaction((tx) => {
    waiting.set(tx, later);
    return work(tx);
  });
  for (const next of later) next();
  return result;
}

/**
 * Leaves something to be done after the transaction has been committed: waking a worker, telling a waiting caller.
 * A hint only: it does not happen when the process ends in between, so that nothing may depend on it.
 * `tx` comes from `inTransaction` or from a fact's inbox.
 */
export function afterCommit(tx: EntityManager, next: () => void): void {
  waiting.get(tx)?.push(next);
}
