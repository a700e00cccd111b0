import { LANGUAGES, type Language } from '@bayway/domain';

/** Each language by its own name, as the switch shows it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  'zh-Hant': '繁體',
  'zh-Hans': '简体',
  pt: 'Português',
  en: 'English',
};

const TRADITIONAL_REGIONS = ['hk', 'mo', 'tw'];
const LONGEST_HEADER = 1000;

/** The language of ours that a BCP 47 tag asks for, or null. */
function languageOfTag(tag: string): Language | null {
  const [primary, ...rest] = tag.trim().toLowerCase().split(/[-_]/);
  if (primary === 'pt' || primary === 'en') return primary;
  if (primary !== 'zh' && primary !== 'yue') return null;
  if (rest.includes('hant')) return 'zh-Hant';
  if (rest.includes('hans')) return 'zh-Hans';
  return primary === 'yue' || rest.some((part) => TRADITIONAL_REGIONS.includes(part)) ? 'zh-Hant' : 'zh-Hans';
}

/** Tags of an Accept-Language header, most wanted first; a weight of 0 means never. */
function acceptedTags(header: string): string[] {
  return header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';');
      const weight = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return { tag, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}

/**
 * The language to answer in.
 * @param uiLocales tags by preference, separated by spaces (OpenID Connect Core 1.0 section 3.1.2.1, `ui_locales`)
 * @param acceptLanguage the HTTP header (RFC 9110 section 12.5.4), read when no `ui_locales` tag is ours
 * @returns English when neither names a language of ours. Only the first 1000 characters of each are read.
 */
export function negotiateLanguage(uiLocales?: string, acceptLanguage?: string): Language {
  const wanted = (uiLocales ?? '').slice(0, LONGEST_HEADER).split(/\s+/);
  const accepted = acceptedTags((acceptLanguage ?? '').slice(0, LONGEST_HEADER));
  for (const tag of [...wanted, ...accepted]) {
    const language = languageOfTag(tag);
    if (language) return language;
  }
  return 'en';
}

/** True for exactly the four tags of ours, as a page's `lang` has them. */
export const isLanguage = (tag: string | undefined): tag is Language => LANGUAGES.some((language) => language === tag);
