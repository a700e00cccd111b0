import { describe, expect, it } from '@jest/globals';
import { Breaker } from './breaker.js';

const opened = (): Breaker => {
  const breaker = new Breaker();
  for (let n = 0; n < 5; n += 1) {
    expect(breaker.admits(0)).toBe(true);
    breaker.fellSilent(0);
  }
  return breaker;
};

describe('a breaker', () => {
  it('stays closed while silence is not five times in a row', () => {
    const breaker = new Breaker();
    for (let n = 0; n < 20; n += 1) {
      if (n % 5 === 4) breaker.answered();
      else breaker.fellSilent(0);
      expect(breaker.admits(0)).toBe(true);
    }
  });

  it('opens for five seconds, then lets one try through', () => {
    const breaker = opened();
    expect([breaker.isOpen, breaker.admits(4_999)]).toEqual([true, false]);
    expect([breaker.admits(5_000), breaker.admits(5_000)]).toEqual([true, false]);
    breaker.answered();
    expect([breaker.isOpen, breaker.admits(5_000)]).toEqual([false, true]);
  });

  it('rests twice as long each time, a minute at most', () => {
    const breaker = opened();
    let now = 0;
    const rests = [];
    for (let n = 0; n < 6; n += 1) {
      const before = now;
      while (!breaker.admits(now)) now += 1_000;
      rests.push((now - before) / 1_000);
      breaker.fellSilent(now);
    }
    expect(rests).toEqual([5, 10, 20, 40, 60, 60]);
  });
});
