import { DomainError } from '@bayway/contracts';
import type { InstrumentKind, Jurisdiction } from '@bayway/domain';
import { dayAfter, workingDaysAfter } from '../calendars/calendar.js';
import type { InstrumentEntity } from '../participants/instrument.entity.js';

/** Contracts that are filed within ten working days of their effect (GBA contracts 7 and 8, SCC measures 7). */
const FILED_KINDS: readonly InstrumentKind[] = ['gba-sc-hk', 'gba-sc-mo', 'national-scc'];
const WORKING_DAYS = 10;

type FiledWith = NonNullable<InstrumentEntity['filedWith']>;

const FILING_SIDES: Readonly<Record<FiledWith, Jurisdiction>> = {
  'guangdong-cac': 'cn',
  'provincial-cac': 'cn',
  'hk-dpo': 'hk',
  'macao-dspdp': 'mo',
};

/** What its filing hangs on. Days are `YYYY-MM-DD`. */
export type Filed = Readonly<{
  kind: InstrumentKind;
  effectiveOn: string;
  filedOn?: string | null | undefined;
  filedWith?: FiledWith | null | undefined;
}>;

/** How the filing of a contract stands, and until when it was or is to be done (`YYYY-MM-DD`). */
export type Filing = Readonly<{
  state: 'in-time' | 'late' | 'open' | 'not-known';
  /** Null when a year on the way has no known working days. */
  dueOn: string | null;
  calendar: { holidays: string[]; makeUpDays: string[] } | null;
}>;

/**
 * The filing of an instrument, counted by the working days of the side where it is filed; null for an instrument that is
 * not filed. Where the working days are not known nothing is guessed: only a filing within ten calendar days is in time
 * whatever they are.
 * @param holderSide where a contract that has not been filed is expected
 */
export async function filingOf(instrument: Filed, holderSide: Jurisdiction): Promise<Filing | null> {
  const { kind, effectiveOn, filedOn = null, filedWith } = instrument;
  if (!FILED_KINDS.includes(kind)) return null;
  const side = filedWith ? FILING_SIDES[filedWith] : holderSide;
  const span = await workingDaysAfter(side, effectiveOn, WORKING_DAYS);
  if (!span) {
    const isInTime = filedOn !== null && filedOn <= dayAfter(effectiveOn, WORKING_DAYS);
    return { state: isInTime ? 'in-time' : 'not-known', dueOn: null, calendar: null };
  }
  const { lastDay, ...calendar } = span;
  return { state: stateOf(filedOn, lastDay), dueOn: lastDay, calendar };
}

/** What a request hears whose contract has a filing that is `not-known`. */
export const daysNotKnown = (): DomainError =>
  new DomainError('request-facts-missing', {
    reasons: ['calendar.holidays'],
    detail: 'the working days up to the last day for filing the contract are not announced yet',
  });

function stateOf(filedOn: string | null, lastDay: string): Filing['state'] {
  if (filedOn === null) return 'open';
  return filedOn <= lastDay ? 'in-time' : 'late';
}
