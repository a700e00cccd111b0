import { en } from './en.js';
import { pt } from './pt.js';
import { zhHans } from './zh-hans.js';
import { zhHant } from './zh-hant.js';

/** The console's words; a missing one fails the typecheck. */
export const words = { 'zh-Hant': zhHant, 'zh-Hans': zhHans, pt, en } as const;
