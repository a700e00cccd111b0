import { DomainError } from '@bayway/contracts';
import type { ColumnType, ItemSource } from '../config.js';

export type Row = Readonly<Record<string, unknown>>;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

const FITS: Readonly<Record<string, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string' && value.length <= 10_000,
  integer: (value) => Number.isSafeInteger(value),
  date: (value) => typeof value === 'string' && DAY.test(value),
  boolean: (value) => typeof value === 'boolean',
};

const fits = (value: unknown, type: ColumnType): boolean =>
  (type.endsWith('?') && value === null) || (FITS[type.replace('?', '')]?.(value) ?? false);

/** The last day on which something dated `day` may still be passed on: the anniversary itself is inside the period. */
export function keptOn(day: string, years: number, today: string): boolean {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const lastOfMonth = new Date(Date.UTC(year + years, month, 0)).getUTCDate();
  const end = new Date(Date.UTC(year + years, month - 1, Math.min(date, lastOfMonth)));
  return end.toISOString().slice(0, 10) >= today;
}

/**
 * What the holder's system said of one item, in the declared shape: declared columns only, rows past their retention left out.
 * @returns one object when the item has one row at most, else a list; null when it has none
 * @throws DomainError `record-invalid` when a row is of another shape or there are too many
 */
export function shapeItem(rows: readonly Row[], source: ItemSource, today: string): unknown {
  if (rows.length > source.rows) throw new DomainError('record-invalid');
  const shaped = rows.map((row) => shapeRow(row, source));
  const { keep } = source;
  const kept = keep ? shaped.filter((row) => isKept(row[keep.column], keep.years, today)) : shaped;
  return source.rows === 1 ? (kept[0] ?? null) : kept;
}

function shapeRow(row: Row, { columns }: ItemSource): Row {
  return Object.fromEntries(
    Object.entries(columns).map(([column, type]) => {
      if (!fits(row[column], type)) throw new DomainError('record-invalid', { column });
      return [column, row[column]];
    }),
  );
}

const isKept = (day: unknown, years: number, today: string): boolean =>
  typeof day !== 'string' || keptOn(day, years, today);
