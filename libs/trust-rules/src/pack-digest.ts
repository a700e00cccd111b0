import { CATEGORIES } from './categories.js';
import { digestOf } from './digest.js';
import { DEFAULTS } from './facts.js';
import { PACKS } from './packs/packs.js';
import { NINE_CITIES } from './places.js';
import { PROGRAMME } from './provisions/programme.js';

/** Moves with every change of the law in force here: a patch for words, a minor for a rule, a major for the format. */
const VERSION = '1.0.0';

/**
 * What a decision was made with: the version and the digest (SHA-256 over RFC 8785) of everything that decides, rules,
 * provisions, sensitivity of categories, defaults of facts and the nine cities. An assessment that stores the digest
 * can be replayed and says whether today's law would decide differently.
 */
export const packs: Readonly<{ version: string; digest: string }> = {
  version: VERSION,
  digest: digestOf({
    version: VERSION,
    packs: PACKS,
    programme: PROGRAMME,
    categories: CATEGORIES,
    defaults: DEFAULTS,
    nineCities: NINE_CITIES,
  }),
};
