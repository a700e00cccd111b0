import { CITIES, type Jurisdiction, type Place } from '@bayway/domain';
import { isHan, languageOf, type Locale } from './locale.js';
import { t } from './messages.js';

/** The whole Bay keeps one time, eight hours before UTC, without daylight saving. */
const BAY_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

const MONTHS: Readonly<Record<'en' | 'pt', readonly string[]>> = {
  en: 'January February March April May June July August September October November December'.split(' '),
  pt: 'Janeiro Fevereiro Março Abril Maio Junho Julho Agosto Setembro Outubro Novembro Dezembro'.split(' '),
};

/** An instant: a Date, an RFC 3339 time, or a calendar day `YYYY-MM-DD`, which is read as a day of the Bay. */
export type When = Date | string;

type Clock = Readonly<{ year: number; month: number; day: number; time: string; seconds: string; dayNumber: number }>;

/** The calendar and clock of the Bay at an instant. Throws RangeError when it is no time. */
function clockOf(when: When): Clock {
  const isDay = typeof when === 'string' && /^\d{4}-\d\d-\d\d$/.test(when);
  const shifted = new Date(new Date(when).getTime() + (isDay ? 0 : BAY_OFFSET_MS));
  const iso = shifted.toISOString();
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    time: iso.slice(11, 16),
    seconds: iso.slice(11, 19),
    dayNumber: Math.floor(shifted.getTime() / DAY_MS),
  };
}

function dayOf(locale: Locale, { year, month, day }: Clock): string {
  if (isHan(locale)) return `${year}年${month}月${day}日`;
  const name = MONTHS[locale][month - 1] ?? '';
  return locale === 'pt' ? `${day} de ${name} de ${year}` : `${day} ${name} ${year}`;
}

/** A calendar day of the Bay: 2026年11月22日, 22 de Novembro de 2026, 22 November 2026. */
export const formatDate = (locale: Locale, date: When): string => dayOf(locale, clockOf(date));

/** Day and time to the second, 24-hour clock: 2026年11月22日 15:42:08; 22 November 2026, 15:42:08. */
export function formatDateTime(locale: Locale, date: When): string {
  const clock = clockOf(date);
  return `${dayOf(locale, clock)}${isHan(locale) ? ' ' : ', '}${clock.seconds}`;
}

/** Hours and minutes, 24-hour clock: 15:42. */
export const formatTime = (date: When): string => clockOf(date).time;

/**
 * A time in a list, to the minute: relative only for today and yesterday, always with the clock time beside it;
 * else day and month, with the year when it is not the year of `now`.
 */
export function formatWhen(locale: Locale, date: When, now: When): string {
  const clock = clockOf(date);
  const today = clockOf(now);
  const { state } = t(locale);
  if (clock.dayNumber === today.dayNumber) return `${state.today} ${clock.time}`;
  if (clock.dayNumber === today.dayNumber - 1) return `${state.yesterday} ${clock.time}`;
  const whole = dayOf(locale, clock);
  if (clock.year !== today.year) return `${whole} ${clock.time}`;
  const short = isHan(locale) ? whole.slice(`${clock.year}年`.length) : whole.replace(/( de)? \d{4}$/, '');
  return `${short} ${clock.time}`;
}

/** A number in groups of three by a narrow no-break space; the decimal mark is a comma in Portuguese. */
export function formatNumber(locale: Locale, value: number): string {
  const [whole = '', fraction] = new Intl.NumberFormat('en-GB', { useGrouping: false, maximumFractionDigits: 6 })
    .format(value)
    .split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u202f');
  return fraction === undefined ? grouped : `${grouped}${locale === 'pt' ? ',' : '.'}${fraction}`;
}

/** A number as a word where sentences start with one (1 to 10), else in figures. */
export const countWord = (locale: Locale, value: number): string =>
  t(locale).counts[value - 1] ?? formatNumber(locale, value);

/** The name of a city or place; a Mainland city we have no page name for is named by the Mainland and its code. */
export function placeName(locale: Locale, place: Place): string {
  const city = CITIES.find((known) => known.place === place);
  if (city) return city.names[languageOf(locale)];
  if (place.startsWith('CN-')) return `${jurisdictionName(locale, 'cn')} (${place.slice(3)})`;
  return new Intl.DisplayNames(languageOf(locale), { type: 'region' }).of(place) ?? place;
}

/** The name of a jurisdiction inside a sentence: Hong Kong, Macao, the Mainland. */
export function jurisdictionName(locale: Locale, jurisdiction: Jurisdiction): string {
  const { place } = t(locale);
  return { hk: place.hk, mo: place.mo, cn: place.mainland }[jurisdiction];
}

/** The name of the identity that a city signs its residents in with, or null where none is known. */
export function identityName(locale: Locale, place: Place): string | null {
  const { identity } = t(locale);
  if (place === 'HK') return identity.iamsmart;
  if (place === 'MO') return identity.mo;
  if (place.startsWith('CN-44')) return identity.gdShort;
  return place.startsWith('CN-33') ? identity.zhejiang : null;
}
