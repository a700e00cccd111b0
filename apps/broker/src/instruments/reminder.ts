import type { InstrumentEntity } from '../participants/instrument.entity.js';
import { dayAfter } from '../calendars/calendar.js';
import type { Filing } from './filing.js';
import type { ReminderReason } from './instrument-reminder.entity.js';

export type Reminder = Readonly<{ reason: ReminderReason; dueOn: string | null }>;

/**
 * What an instrument asks for now.
 * @param today `YYYY-MM-DD` in the Bay
 * @param days how many days before a last day somebody is reminded
 */
export function remindersOf(
  instrument: Pick<InstrumentEntity, 'effectiveOn' | 'validUntil' | 'filedOn'>,
  filing: Filing | null,
  { today, days }: { today: string; days: number },
): Reminder[] {
  const near = dayAfter(today, days);
  return [...filingReminders(instrument, filing, { today, near }), ...validityReminders(instrument, { today, near })];
}

type Days = Readonly<{ today: string; near: string }>;

/** A contract is filed after it took effect. A last day that nobody knows may be any day from then on. */
function filingReminders(
  { effectiveOn, filedOn }: Pick<InstrumentEntity, 'effectiveOn' | 'filedOn'>,
  filing: Filing | null,
  { today, near }: Days,
): Reminder[] {
  if (!filing || filedOn !== null || effectiveOn > today) return [];
  const { dueOn } = filing;
  if (dueOn !== null && dueOn < today) return [{ reason: 'filing-overdue', dueOn }];
  return dueOn === null || dueOn <= near ? [{ reason: 'filing-due', dueOn }] : [];
}

const validityReminders = ({ validUntil }: Pick<InstrumentEntity, 'validUntil'>, { today, near }: Days): Reminder[] =>
  validUntil !== null && validUntil >= today && validUntil <= near
    ? [{ reason: 'validity-ends', dueOn: validUntil }]
    : [];
