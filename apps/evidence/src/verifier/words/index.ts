import type { Language } from '@bayway/domain';
import { en, type Words } from './en.js';
import { pt } from './pt.js';
import { zhHans } from './zh-hans.js';
import { zhHant } from './zh-hant.js';

export type { Words } from './en.js';
/** The page's words; a language that is missing does not compile. */
export const WORDS: Readonly<Record<Language, Words>> = { 'zh-Hant': zhHant, 'zh-Hans': zhHans, pt, en };
