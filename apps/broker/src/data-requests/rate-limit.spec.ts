import { describe, expect, it } from '@jest/globals';
import { RateLimit } from './rate-limit.js';

const spent = (limit: RateLimit, who: string, now: number): boolean => {
  try {
    limit.spend(who, now);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'rate-limited', members: { retryAfter: 1 } });
    return false;
  }
};

describe('a rate limit', () => {
  it('lets ten seconds’ worth pass at once, then so many a second, each participant for itself', () => {
    const limit = new RateLimit(5);
    expect(Array.from({ length: 60 }, () => spent(limit, 'bank', 0)).filter(Boolean)).toHaveLength(50);
    expect(spent(limit, 'clinic', 0)).toBe(true);
    expect(Array.from({ length: 10 }, () => spent(limit, 'bank', 1_000)).filter(Boolean)).toHaveLength(5);
  });

  it('stops whoever asks as fast as it can', () => {
    const limit = new RateLimit(200);
    const passed = Array.from({ length: 20_000 }, (_, n) => spent(limit, 'bank', n / 20)).filter(Boolean);
    expect(passed.length).toBeLessThanOrEqual(2_000 + 200);
  });
});
