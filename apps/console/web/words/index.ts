import { en } from './en.js';
import { en as oversightEn } from './oversight/en.js';
import { pt as oversightPt } from './oversight/pt.js';
import { zhHans as oversightHans } from './oversight/zh-hans.js';
import { zhHant as oversightHant } from './oversight/zh-hant.js';
import { pt } from './pt.js';
import { zhHans } from './zh-hans.js';
import { zhHant } from './zh-hant.js';

/** The console's words; a missing one fails the typecheck. */
export const words = {
  'zh-Hant': { ...zhHant, ...oversightHant },
  'zh-Hans': { ...zhHans, ...oversightHans },
  pt: { ...pt, ...oversightPt },
  en: { ...en, ...oversightEn },
} as const;
