import type { Jurisdiction } from '@bayway/domain';
import type Holidays from 'date-holidays';
import { MAINLAND_DAYS, type YearOfDays } from './mainland-days.js';

/** Weekdays off and weekend days worked in a year, as `YYYY-MM-DD`. */
export type DaysOfYear = Readonly<{ year: number; holidays: ReadonlySet<string>; makeUpDays: ReadonlySet<string> }>;

const NONE: ReadonlySet<string> = new Set();
const known = new Map<string, DaysOfYear | null>();

/** Enters years of the Mainland, in place of what is known of them. */
export function enter(years: ReadonlyMap<number, YearOfDays>): void {
  for (const [year, days] of years) known.set(`cn ${year}`, read(year, days));
}

/** The days of one side's year, or null when they are not known. */
export async function daysOfYear(side: Jurisdiction, year: number): Promise<DaysOfYear | null> {
  const key = `${side} ${year}`;
  if (!known.has(key)) known.set(key, side === 'cn' ? announced(year) : await computed(side, year));
  return known.get(key) ?? null;
}

function announced(year: number): DaysOfYear | null {
  const days = MAINLAND_DAYS[year];
  return days ? read(year, days) : null;
}

function read(year: number, { holidays, makeUpDays }: YearOfDays): DaysOfYear {
  const of = (text: string): ReadonlySet<string> =>
    new Set(text.split(/\s+/).flatMap((day) => (day === '' ? [] : `${year}-${day}`)));
  return { year, holidays: of(holidays), makeUpDays: of(makeUpDays) };
}

async function computed(side: 'hk' | 'mo', year: number): Promise<DaysOfYear> {
  const all = (await libraryOf(side)).getHolidays(year).filter(({ type }) => type === 'public');
  return { year, holidays: new Set(all.map(({ date }) => date.slice(0, 10))), makeUpDays: NONE };
}

/**
 * Public holidays of Macao (Executive Order 60/2000), in the grammar of the library, which has no Macao of its own. Days
 * off that the Chief Executive grants public servants from year to year are not among them: a last day computed here
 * is at times earlier than the real one, never later.
 */
const MACAO = [
  ...['01-01', '05-01', '10-01', '10-02', '11-02', '12-08', '12-20', '12-24', '12-25'],
  ...['chinese 01-0-01', 'chinese 01-0-02', 'chinese 01-0-03', 'chinese 04-0-08', 'chinese 05-0-05'],
  ...['chinese 08-0-16', 'chinese 09-0-09', 'chinese 5-01 solarterm', 'december solstice in +08:00'],
  ...['easter -2', 'easter -1'],
];

/** The library is large and loaded only by who asks. */
async function libraryOf(side: 'hk' | 'mo'): Promise<Holidays> {
  const { default: Library } = await import('date-holidays');
  if (side === 'hk') return new Library('HK');
  const macao = new Library();
  for (const rule of MACAO) macao.setHoliday(rule, { name: rule, type: 'public' });
  return macao;
}
