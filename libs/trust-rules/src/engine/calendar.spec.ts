import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAYS, MONTHS, SPANS, WORKING_DAYS } from '../../test/calendar-examples.js';
import { addDays, addMonths, addWorkingDays, plus } from './calendar.js';

const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2200-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('addMonths', () => {
  it.each(MONTHS)('%s plus %i months is %s', (from, months, to) => {
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

describe('addDays', () => {
  it.each(DAYS)('%s plus %i days is %s', (from, days, to) => {
    expect(addDays(from, days)).toBe(to);
  });
});

describe('addWorkingDays', () => {
  it.each(WORKING_DAYS)('%s plus %i working days, %j, is %s', (from, n, calendar, to) => {
    expect(addWorkingDays(from, n, calendar)).toBe(to);
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
});

describe('plus', () => {
  it.each(SPANS)('%s plus %j is %s: months before days before working days', (from, span, to) => {
    expect(plus(from, span, {})).toBe(to);
  });
});
