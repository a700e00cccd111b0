import { DomainError } from '@bayway/contracts';

/** Seconds for which a participant may save up what it does not use. */
const SAVED_SECONDS = 10;

/** Token buckets, one a participant: so many requests a second, with a little saved up. Each instance counts for itself. */
export class RateLimit {
  private readonly buckets = new Map<string, { left: number; at: number }>();

  constructor(private readonly perSecond: number) {}

  /** Counts one request. @throws DomainError `rate-limited` with the seconds to wait (`retryAfter`) */
  spend(participant: string, now: number): void {
    const bucket = this.buckets.get(participant) ?? { left: this.perSecond * SAVED_SECONDS, at: now };
    const earned = ((now - bucket.at) / 1_000) * this.perSecond;
    const left = Math.min(this.perSecond * SAVED_SECONDS, bucket.left + earned);
    this.buckets.set(participant, { left: left < 1 ? left : left - 1, at: now });
    if (left < 1)
      throw new DomainError('rate-limited', { retryAfter: Math.max(1, Math.ceil((1 - left) / this.perSecond)) });
  }
}
