import { CITIES, type Jurisdiction, type Language, type Place } from '@bayway/domain';
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

const isHan = (language: Language): language is 'zh-Hant' | 'zh-Hans' => language.startsWith('zh');

function dayOf(language: Language, { year, month, day }: Clock): string {
  if (isHan(language)) return `${year}年${month}月${day}日`;
  const name = MONTHS[language][month - 1] ?? '';
  return language === 'pt' ? `${day} de ${name} de ${year}` : `${day} ${name} ${year}`;
}

/** A calendar day of the Bay: 2026年11月22日, 22 de Novembro de 2026, 22 November 2026. */
export const formatDate = (language: Language, date: When): string => dayOf(language, clockOf(date));

/** Day and time to the second, 24-hour clock: 2026年11月22日 15:42:08; 22 November 2026, 15:42:08. */
export function formatDateTime(language: Language, date: When): string {
  const clock = clockOf(date);
  return `${dayOf(language, clock)}${isHan(language) ? ' ' : ', '}${clock.seconds}`;
}

/** Hours and minutes, 24-hour clock: 15:42. */
export const formatTime = (date: When): string => clockOf(date).time;

/**
 * A time in a list, to the minute: relative only for today and yesterday, always with the clock time beside it;
 * else day and month, with the year when it is not the year of `now`.
 */
export function formatWhen(language: Language, date: When, now: When): string {
  const clock = clockOf(date);
  const today = clockOf(now);
  const { state } = t(language);
  if (clock.dayNumber === today.dayNumber) return `${state.today} ${clock.time}`;
  if (clock.dayNumber === today.dayNumber - 1) return `${state.yesterday} ${clock.time}`;
  const whole = dayOf(language, clock);
  if (clock.year !== today.year) return `${whole} ${clock.time}`;
  const short = isHan(language) ? whole.slice(`${clock.year}年`.length) : whole.replace(/( de)? \d{4}$/, '');
  return `${short} ${clock.time}`;
}

/** A number in groups of three by a narrow no-break space; the decimal mark is a comma in Portuguese. */
export function formatNumber(language: Language, value: number): string {
  const [whole = '', fraction] = new Intl.NumberFormat('en-GB', { useGrouping: false, maximumFractionDigits: 6 })
    .format(value)
    .split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u202f');
  return fraction === undefined ? grouped : `${grouped}${language === 'pt' ? ',' : '.'}${fraction}`;
}

/** A number as a word where sentences start with one (1 to 10), else in figures. */
export const countWord = (language: Language, value: number): string =>
  t(language).counts[value - 1] ?? formatNumber(language, value);

/** The name of a city or place; a Mainland city we have no page name for is named by the Mainland and its code. */
export function placeName(language: Language, place: Place): string {
  const city = CITIES.find((known) => known.place === place);
  if (city) return city.names[language];
  if (place.startsWith('CN-')) return `${jurisdictionName(language, 'cn')} (${place.slice(3)})`;
  return new Intl.DisplayNames(language, { type: 'region' }).of(place) ?? place;
}

/** The name of a jurisdiction inside a sentence: Hong Kong, Macao, the Mainland. */
export function jurisdictionName(language: Language, jurisdiction: Jurisdiction): string {
  const { place } = t(language);
  return { hk: place.hk, mo: place.mo, cn: place.mainland }[jurisdiction];
}

/** The name of the identity that a city signs its residents in with, or null where none is known. */
export function identityName(language: Language, place: Place): string | null {
  const { identity } = t(language);
  if (place === 'HK') return identity.iamsmart;
  if (place === 'MO') return identity.mo;
  if (place.startsWith('CN-44')) return identity.gdShort;
  return place.startsWith('CN-33') ? identity.zhejiang : null;
}
