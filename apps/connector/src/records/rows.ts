import { DomainError } from '@bayway/contracts';
import type { DataRange } from '@bayway/domain';
import type { Item } from '../settings/connector-file.js';

/** A row as the holder's system answers it and as the record holds it. */
export type Row = Readonly<Record<string, unknown>>;

const isDay = (value: unknown): boolean =>
  typeof value === 'string' &&
  /^\d{4}-\d{2}-\d{2}$/.test(value) &&
  new Date(`${value}T00:00:00Z`).toISOString().startsWith(value);

const LONGEST_TEXT = 4_000;

const FITS: Readonly<Record<string, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string' && value.length <= LONGEST_TEXT,
  integer: (value) => Number.isSafeInteger(value),
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  date: (value) => safely(() => isDay(value)),
  month: (value) => safely(() => isDay(`${String(value)}-01`)),
};

const safely = (test: () => boolean): boolean => {
  try {
    return test();
  } catch {
    return false;
  }
};

const fits = (value: unknown, type: string): boolean =>
  type.endsWith('?') ? value === null || fits(value, type.slice(0, -1)) : (FITS[type]?.(value) ?? false);

/**
 * The rows of one item, when they are what the configuration declares: these columns, of these types, so many at most.
 * @throws DomainError `record-invalid` naming item and column, never a value
 */
export function checkedRows(id: string, rows: readonly Row[], { columns, rows: most }: Item): readonly Row[] {
  if (rows.length > most) throw new DomainError('record-invalid', { item: id, detail: `more than ${most} rows` });
  const declared = Object.entries(columns);
  for (const row of rows) {
    const surplus = Object.keys(row).find((name) => !(name in columns));
    const wrong = surplus ?? declared.find(([name, type]) => !fits(row[name], type))?.[0];
    if (wrong !== undefined) throw new DomainError('record-invalid', { item: id, column: wrong });
  }
  return rows;
}

/** The day `years` after a day; 29 February becomes 28 February where there is none. */
export function yearsAfter(day: string, years: number): string {
  const year = Number(day.slice(0, 4)) + years;
  const isLeap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  return `${String(year).padStart(4, '0')}${!isLeap && day.endsWith('02-29') ? '-02-28' : day.slice(4)}`;
}

/**
 * The rows that may still be passed on. A row past its time should have been deleted: the record neither holds it nor
 * hints that there was one. The last day of the period is inside it.
 * @param asOf `YYYY-MM-DD`
 */
export const withinRetention = (rows: readonly Row[], { keep }: Pick<Item, 'keep'>, asOf: string): readonly Row[] =>
  keep
    ? rows.filter((row) => {
        const day = row[keep.column];
        return typeof day !== 'string' || asOf <= yearsAfter(day, keep.years);
      })
    : rows;

/**
 * The rows of the days asked for. A row of one day or month lies wholly inside them, one of a longer time overlaps them; a
 * row without its day is left out. Neither the record nor its shape hints at what was.
 */
export const withinRange = (
  rows: readonly Row[],
  { dated }: Pick<Item, 'dated'>,
  range: DataRange | undefined,
): readonly Row[] => (dated && range ? rows.filter((row) => isOf(row, dated, range)) : rows);

function isOf(row: Row, { from, to }: NonNullable<Item['dated']>, range: DataRange): boolean {
  const [began, ended] = [row[from], row[to ?? from]];
  if (typeof began !== 'string') return false;
  if (to === undefined) return range.from <= firstDay(began) && lastDay(began) <= range.to;
  return firstDay(began) <= range.to && (typeof ended !== 'string' || range.from <= lastDay(ended));
}

const MONTH = 'YYYY-MM'.length;
const firstDay = (day: string): string => (day.length === MONTH ? `${day}-01` : day);
const lastDay = (day: string): string => {
  if (day.length !== MONTH) return day;
  const [year = 0, month = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
};

/** What the record says of an item: its one row or null where the configuration allows one, else its rows. */
export type Said = Row | null | readonly Row[];
/** An answer drawn from a record. */
export type Answered = boolean | Readonly<{ from: number | null; below: number | null }> | null;

export const shaped = (rows: readonly Row[], { rows: most }: Pick<Item, 'rows'>): Said =>
  most === 1 ? (rows[0] ?? null) : rows;
