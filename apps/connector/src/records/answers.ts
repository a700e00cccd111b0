import { DomainError } from '@bayway/contracts';
import jsonata from 'jsonata';
import type { Answer, Dataset } from '../settings/connector-file.js';
import type { Answered, Said } from './rows.js';

/** What must be read to give these answers. @throws DomainError `item-unknown` */
export const sourcesOf = (dataset: Dataset, wanted: readonly string[]): string[] => [
  ...new Set(wanted.flatMap((id) => answerOf(dataset, id).of)),
];

/**
 * Draws the answers from what was read. Nothing but `true`, `false`, a declared range or null (there is nothing to say)
 * comes out, whatever the expression gives.
 * @param items what the holder's system says, already within retention and days
 * @param asOf `YYYY-MM-DD`
 * @throws DomainError `item-unknown`, `record-invalid` naming the answer, never a value
 */
export async function answersFrom(
  dataset: Dataset,
  wanted: readonly string[],
  { items, asOf }: { items: Readonly<Record<string, Said>>; asOf: string },
): Promise<Record<string, Answered>> {
  const given = wanted.map(async (id) => {
    const answer = answerOf(dataset, id);
    const seen = Object.fromEntries(answer.of.map((item) => [item, items[item]]));
    return [id, await drawn(id, answer, { seen, asOf })] as const;
  });
  return Object.fromEntries(await Promise.all(given));
}

async function drawn(
  id: string,
  { expression, ranges }: Answer,
  { seen, asOf }: { seen: unknown; asOf: string },
): Promise<Answered> {
  const bindings = { asOf, monthsBefore: (months: number) => monthsBefore(asOf, months) };
  // An error of the expression may quote what it was working on.
  const value: unknown = await jsonata(expression)
    .evaluate(seen, bindings)
    .catch(() => Symbol('failed'));
  if (ranges && (value === undefined || value === null)) return null;
  if (ranges && typeof value === 'number' && Number.isFinite(value)) return rangeOf(value, ranges);
  if (!ranges && typeof value === 'boolean') return value;
  throw new DomainError('record-invalid', { answer: id });
}

/** The declared range that a number lies in: from a bound, that included, to below the next. */
export function rangeOf(value: number, bounds: readonly number[]): Exclude<Answered, boolean> {
  const next = bounds.findIndex((bound) => value < bound);
  const at = next === -1 ? bounds.length : next;
  return { from: bounds[at - 1] ?? null, below: bounds[at] ?? null };
}

/** The day so many months before another; the last of the month where there is no such day. */
export function monthsBefore(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - months, Math.min(date, last))).toISOString().slice(0, 10);
}

function answerOf({ answers }: Dataset, id: string): Answer {
  const answer = (answers as Record<string, Answer | undefined>)[id];
  if (!answer) throw new DomainError('item-unknown', { item: id });
  return answer;
}
