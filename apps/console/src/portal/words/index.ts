import type { Language } from '@bayway/domain';
import { en, type Words } from './en.js';
import { pt } from './pt.js';
import { zhHans } from './zh-hans.js';
import { zhHant } from './zh-hant.js';

/** Words of the portal alone; what pages share stands in `libs/design`. A missing one fails the typecheck. */
export const words: Readonly<Record<Language, Words>> = { 'zh-Hant': zhHant, 'zh-Hans': zhHans, pt, en };

export type { Words };
