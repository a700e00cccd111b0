import type { Span } from '../vocabulary.js';

/** Calendar arithmetic on ISO days; days compare as text. Years outside 0000 to 9999 are cut to the nearest day inside. */

/** The working days of the filing side: Monday to Friday, less holidays, plus make-up days. */
export type WorkCalendar = Readonly<{ holidays?: readonly string[]; makeUpDays?: readonly string[] }>;

const FIRST = '0000-01-01';
const LAST = '9999-12-31';
const DAY_MS = 86_400_000;

function utc(day: string): Date {
  const date = new Date(0);
  date.setUTCFullYear(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10)));
  return date;
}

function iso(date: Date): string {
  const year = date.getUTCFullYear();
  if (year > 9999) return LAST;
  if (year < 0) return FIRST;
  return `${padded(year, 4)}-${padded(date.getUTCMonth() + 1)}-${padded(date.getUTCDate())}`;
}

const padded = (n: number, width = 2): string => String(n).padStart(width, '0');

/** The day so many calendar days later (or earlier). */
export const addDays = (day: string, days: number): string => iso(new Date(utc(day).getTime() + days * DAY_MS));

const daysIn = (year: number, month: number): number => {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
};

/** The same day of a month so many months later, cut to the last day of a shorter month. */
export function addMonths(day: string, months: number): string {
  const count = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const year = Math.floor(count / 12);
  const month = count - year * 12 + 1;
  if (year > 9999) return LAST;
  if (year < 0) return FIRST;
  return `${padded(year, 4)}-${padded(month)}-${padded(Math.min(Number(day.slice(8, 10)), daysIn(year, month)))}`;
}

function isWorkingDay(date: Date, calendar: WorkCalendar): boolean {
  const day = iso(date);
  if (calendar.makeUpDays?.includes(day)) return true;
  const weekday = date.getUTCDay();
  return weekday !== 0 && weekday !== 6 && !calendar.holidays?.includes(day);
}

/** The n-th working day after a day; counting starts on the next day. */
export function addWorkingDays(day: string, n: number, calendar: WorkCalendar): string {
  const date = utc(day);
  for (let left = n; left > 0 && date.getUTCFullYear() <= 9999;) {
    date.setTime(date.getTime() + DAY_MS);
    if (isWorkingDay(date, calendar)) left -= 1;
  }
  return iso(date);
}

/** Adds a span to a day. */
export function plus(day: string, span: Span, calendar: WorkCalendar): string {
  const months = (span.months ?? 0) + 12 * (span.years ?? 0);
  let result = months === 0 ? day : addMonths(day, months);
  if (span.days) result = addDays(result, span.days);
  return span.workingDays ? addWorkingDays(result, span.workingDays, calendar) : result;
}
