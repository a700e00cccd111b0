import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, addMonths, addWorkingDays, plus } from './calendar.js';

const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2200-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('addMonths', () => {
  it.each([
    ['2024-01-31', 1, '2024-02-29'],
    ['2023-01-31', 1, '2023-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2026-11-22', -12, '2025-11-22'],
    ['2024-03-31', -1, '2024-02-29'],
    ['2026-05-31', -11, '2025-06-30'],
    ['9999-06-01', 12, '9999-12-31'],
    ['0000-06-01', -12, '0000-01-01'],
  ])('%s plus %i months is %s', (from, months, to) => {
    expect(addMonths(from, months)).toBe(to);
  });

  it('keeps the day, or takes the last of a shorter month', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -600, max: 600 }), (from, months) => {
        const to = addMonths(from, months);
        const nextDay = Number(addDays(to, 1).slice(8));
        expect(to.slice(8) === from.slice(8) || nextDay === 1).toBe(true);
        const count = (iso: string): number => Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7));
        expect(count(to) - count(from)).toBe(months);
      }),
    );
  });
});

describe('addWorkingDays', () => {
  it('counts from the next day, Monday to Friday', () => {
    expect(addWorkingDays('2026-11-02', 10, {})).toBe('2026-11-16');
    expect(addWorkingDays('2026-11-07', 1, {})).toBe('2026-11-09');
  });

  it('skips holidays and counts make-up days', () => {
    expect(addWorkingDays('2026-11-02', 10, { holidays: ['2026-11-05'] })).toBe('2026-11-17');
    expect(addWorkingDays('2026-11-02', 10, { makeUpDays: ['2026-11-07'] })).toBe('2026-11-13');
  });

  it('lands on a working day with exactly n of them passed', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 30 }), (from, n) => {
        const to = addWorkingDays(from, n, {});
        expect([0, 6]).not.toContain(new Date(to).getUTCDay());
        expect(addWorkingDays(from, n - 1, {}) < to).toBe(true);
      }),
    );
  });

  it('ends at the end of the calendar', () => {
    expect(addWorkingDays('9999-12-30', 10, {})).toBe('9999-12-31');
  });
});

describe('plus', () => {
  it('adds months before days', () => {
    expect(plus('2026-01-31', { months: 1, days: 1 }, {})).toBe('2026-03-01');
    expect(plus('2026-01-31', { years: 3 }, {})).toBe('2029-01-31');
    expect(plus('2026-11-02', { workingDays: 10 }, {})).toBe('2026-11-16');
  });
});
