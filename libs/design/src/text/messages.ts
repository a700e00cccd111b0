import type { Language } from '@bayway/domain';
import { en } from './en/index.js';
import { languageOf, isHan, type Locale } from './locale.js';
import { zhHantMo } from './macao.js';
import { pt } from './pt/index.js';
import { zhHans } from './zh-hans/index.js';
import { zhHant } from './zh-hant/index.js';

/** All words shared by pages. Words in `{braces}` are filled in by {@link fill}. A missing key fails the typecheck. */
export type Messages = typeof en;

/** The dictionaries; each is written for its readers, none converted from another. */
export const messages: Readonly<Record<Language, Messages>> = { 'zh-Hant': zhHant, 'zh-Hans': zhHans, pt, en };

/** The words of a language; for `zh-Hant-MO`, Traditional Chinese in Macao's form. */
export const t = (locale: Locale): Messages => (locale === 'zh-Hant-MO' ? zhHantMo : messages[languageOf(locale)]);

/**
 * Fills the words in braces of a template.
 * @throws Error when the template names a value that is not given: a page must never show a hole.
 */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value for {${name}}`);
    return String(value);
  });
}

/** A label as it stands inside a sentence: English and Portuguese lower its first letter, unless it is an acronym. */
export function inSentence(locale: Locale, label: string): string {
  if (isHan(locale)) return label;
  return /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

/** A phrase as it stands at the start of a sentence: its first letter raised. */
export const startSentence = (phrase: string): string => phrase.charAt(0).toUpperCase() + phrase.slice(1);
