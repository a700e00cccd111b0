import { describe, expect, it } from '@jest/globals';
import { bayDay, endOfBayDay } from './bay-day.js';

describe('a day of the Bay', () => {
  it('begins and ends at midnight, eight hours before UTC', () => {
    expect(bayDay(new Date('2026-11-22T15:59:59.999Z'))).toBe('2026-11-22');
    expect(bayDay(new Date('2026-11-22T16:00:00.000Z'))).toBe('2026-11-23');
    expect(endOfBayDay('2026-11-22')).toEqual(new Date('2026-11-22T16:00:00.000Z'));
    expect(endOfBayDay('2028-02-29')).toEqual(new Date('2028-02-29T16:00:00.000Z'));
  });

  it('holds its last millisecond and not the next', () => {
    const end = endOfBayDay('2026-12-31');
    expect(bayDay(new Date(end.getTime() - 1))).toBe('2026-12-31');
    expect(bayDay(end)).toBe('2027-01-01');
  });
});
