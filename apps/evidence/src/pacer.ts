/** Paces a background loop: sleeps until woken, until time is up, or until it is stopped. */
export class Pacer {
  stopped = false;
  private woken = false;
  private finish: () => void = () => undefined;

  constructor(private readonly idleMs = 0) {}

  /** Ends the current idle time, or the next one at once. */
  wake(): void {
    this.woken = true;
    this.finish();
  }

  /** Ends the loop's sleep for good. */
  stop(): void {
    this.stopped = true;
    this.wake();
  }

  /** Sleeps until woken, at most the idle time. */
  async idle(idleMs = this.idleMs): Promise<void> {
    if (!this.woken && !this.stopped) await this.sleep(idleMs);
    this.woken = false;
  }

  /** Sleeps a given time, whoever wakes; only a stop ends it early. */
  async pause(ms: number): Promise<void> {
    const until = Date.now() + ms;
    for (let left = ms; left > 0 && !this.stopped; left = until - Date.now()) await this.sleep(left);
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.finish = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
