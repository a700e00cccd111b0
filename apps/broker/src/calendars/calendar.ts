import type { Jurisdiction } from '@bayway/domain';
import { daysOfYear, type DaysOfYear } from './days-of-year.js';

/** Days that differ from Monday to Friday, in the format of the facts, and the day on which the span ends. */
export type WorkingSpan = Readonly<{ holidays: string[]; makeUpDays: string[]; lastDay: string }>;

/**
 * Counts working days of one side after a day: the last of them, and every holiday and make-up day on the way.
 * @param after `YYYY-MM-DD`; counting starts on the next day
 * @returns null when the way leads through a year whose days are not known: then nobody can say the last day
 */
export async function workingDaysAfter(side: Jurisdiction, after: string, n: number): Promise<WorkingSpan | null> {
  const span = { holidays: [] as string[], makeUpDays: [] as string[] };
  let [day, left] = [after, n];
  let days: DaysOfYear | null = null;
  while (left > 0) {
    day = dayAfter(day, 1);
    if (days?.year !== Number(day.slice(0, 4))) days = await daysOfYear(side, Number(day.slice(0, 4)));
    if (!days) return null;
    const isWeekend = [0, 6].includes(new Date(day).getUTCDay());
    const differs = isWeekend ? days.makeUpDays.has(day) : days.holidays.has(day);
    if (differs) (isWeekend ? span.makeUpDays : span.holidays).push(day);
    if (isWeekend === differs) left -= 1;
  }
  return { ...span, lastDay: day };
}

const DAY_MS = 86_400_000;

/** The day so many calendar days later, `YYYY-MM-DD`. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
