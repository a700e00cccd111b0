import type { Jurisdiction, Language } from '@bayway/domain';

/** A language of ours, or Traditional Chinese as Macao writes it. Valid as the `lang` of a page (BCP 47). */
export type Locale = Language | 'zh-Hant-MO';

/** How a jurisdiction's pages write a language: Macao has its own Traditional Chinese, all else is shared. */
export const localeOf = (language: Language, jurisdiction: Jurisdiction): Locale =>
  language === 'zh-Hant' && jurisdiction === 'mo' ? 'zh-Hant-MO' : language;

/** The language a locale belongs to. */
export const languageOf = (locale: Locale): Language => (locale === 'zh-Hant-MO' ? 'zh-Hant' : locale);

/** True where Han characters are written: no spaces between words, full-width marks. */
export const isHan = (locale: Locale): locale is 'zh-Hant' | 'zh-Hans' | 'zh-Hant-MO' => locale.startsWith('zh');

/** Joins whole sentences as the language does: with a space, or with nothing between Han sentences. */
export const joinSentences = (locale: Locale, ...sentences: readonly string[]): string =>
  sentences.join(isHan(locale) ? '' : ' ');
