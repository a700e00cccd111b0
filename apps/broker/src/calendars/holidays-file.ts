import { readFile } from 'node:fs/promises';
import { SettingError } from '@bayway/service';
import { z } from 'zod';
import type { YearOfDays } from './mainland-days.js';

const Days = z.array(z.string().regex(/^\d\d-\d\d$/));
const Year = z.strictObject({
  /** Number of the notice of the General Office of the State Council that the days are copied from. */
  notice: z.string().min(1).max(100),
  /** Weekdays off, `MM-DD`. */
  holidays: Days.min(1).max(60),
  /** Weekend days worked, `MM-DD`. */
  makeUpDays: Days.max(30),
});

/** The whole HOLIDAYS_FILE: years of the Mainland that this release does not know, or knows wrong. */
export const HolidaysFile = z.record(z.string().regex(/^20\d\d$/), Year);
export type HolidaysFile = z.infer<typeof HolidaysFile>;

/**
 * Reads and checks a file of holidays: shapes, that every day exists, that days off are weekdays and days worked are not.
 * @returns the days of each year
 * @throws SettingError naming the place in the file
 */
export async function readHolidays(path: string): Promise<ReadonlyMap<number, YearOfDays>> {
  const parsed = HolidaysFile.safeParse(await json(path));
  if (!parsed.success) throw settingError(parsed.error.issues.map((i) => `#/${i.path.join('/')}: ${i.message}`));
  const faults = Object.entries(parsed.data).flatMap(faultsOf);
  if (faults.length > 0) throw settingError(faults);
  const years = Object.entries(parsed.data).map(([year, { holidays, makeUpDays }]): [number, YearOfDays] => [
    Number(year),
    { holidays: holidays.join(' '), makeUpDays: makeUpDays.join(' ') },
  ]);
  return new Map(years);
}

const settingError = (faults: readonly string[]): SettingError =>
  new SettingError(faults.slice(0, 10).map((fault) => `HOLIDAYS_FILE: ${fault}`));

async function json(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    throw settingError(['cannot be read as JSON']);
  }
}

function faultsOf([year, { holidays, makeUpDays }]: [string, z.infer<typeof Year>]): string[] {
  const at = (list: string, index: number): string => `#/${year}/${list}/${index}`;
  return [
    ...holidays.flatMap((day, i) => (weekday(year, day) === 'work' ? [] : `${at('holidays', i)}: not a weekday`)),
    ...makeUpDays.flatMap((day, i) =>
      weekday(year, day) === 'rest' ? [] : `${at('makeUpDays', i)}: not a weekend day`,
    ),
  ];
}

/** What the day would be without a notice; undefined for a day that does not exist. */
function weekday(year: string, day: string): 'work' | 'rest' | undefined {
  const iso = `${year}-${day}`;
  if (!z.iso.date().safeParse(iso).success) return undefined;
  return [0, 6].includes(new Date(iso).getUTCDay()) ? 'rest' : 'work';
}
