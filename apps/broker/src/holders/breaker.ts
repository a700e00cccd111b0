/** Silent tries in a row after which a holder is left alone for a while. */
const FAILURES = 5;
const FIRST_REST_MS = 5_000;
const LONGEST_REST_MS = 60_000;

/**
 * A circuit breaker: after some silent tries in a row a holder is left alone, longer each time; then one try is let
 * through, and its outcome decides. So a holder that hangs takes no place of the others.
 */
export class Breaker {
  private failures = 0;
  private restingUntil = 0;

  /** Whether a try may start now. The one that is let through after a rest keeps others waiting for its outcome. */
  admits(now: number): boolean {
    if (this.failures < FAILURES) return true;
    if (now < this.restingUntil) return false;
    this.restingUntil = now + LONGEST_REST_MS;
    return true;
  }

  /** The holder answered, whatever it said. */
  answered(): void {
    this.failures = 0;
  }

  fellSilent(now: number): void {
    this.failures += 1;
    const rest = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** Math.min(10, Math.max(0, this.failures - FAILURES)));
    this.restingUntil = now + rest;
  }

  get isOpen(): boolean {
    return this.failures >= FAILURES;
  }
}
