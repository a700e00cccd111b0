import type { Frequency } from './data-request.js';

/** The Bay keeps one time, eight hours before UTC, without daylight saving. */
const BAY_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** The calendar day of the Bay at an instant, `YYYY-MM-DD`. */
export const bayDay = (at: Date): string => new Date(at.getTime() + BAY_OFFSET_MS).toISOString().slice(0, 10);

const startOfBayDay = (day: string): Date => new Date(Date.parse(`${day}T00:00:00Z`) - BAY_OFFSET_MS);

/** The first instant of the calendar period of the Bay that `at` is in; a week begins on Monday. */
export function startOfPeriod(at: Date, per: Frequency['per']): Date {
  const day = bayDay(at);
  if (per === 'year') return startOfBayDay(`${day.slice(0, 4)}-01-01`);
  if (per === 'month') return startOfBayDay(`${day.slice(0, 7)}-01`);
  const start = startOfBayDay(day);
  if (per === 'day') return start;
  const sinceMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return new Date(start.getTime() - sinceMonday * DAY_MS);
}

/** The first instant after a calendar day of the Bay: what holds until that day has ended then. */
export const endOfBayDay = (day: string): Date => new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS - BAY_OFFSET_MS);
