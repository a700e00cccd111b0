import { Injectable } from '@nestjs/common';

/** Callers that wait for something to happen to an id, in this process. */
@Injectable()
export class Waiting {
  private readonly waiters = new Map<string, Set<() => void>>();

  /** Resolves when `wake(id)` is called, or after `timeoutMs` at the latest. */
  next(id: string, timeoutMs: number): Promise<void> {
    return new Promise((done) => {
      const waiters = this.waiters.get(id) ?? new Set();
      const finish = (): void => {
        clearTimeout(timer);
        waiters.delete(finish);
        if (waiters.size === 0) this.waiters.delete(id);
        done();
      };
      const timer = setTimeout(finish, timeoutMs);
      this.waiters.set(id, waiters.add(finish));
    });
  }

  /** Wakes who waits for one of these: a request, or its partner's requests. */
  wake(...ids: string[]): void {
    for (const id of ids) for (const finish of [...(this.waiters.get(id) ?? [])]) finish();
  }
}
