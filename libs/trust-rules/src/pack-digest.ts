import { CATEGORIES } from './categories.js';
import { FACT_CURES, STEP_CURES } from './cures.js';
import { digestOf } from './digest.js';
import { DEFAULTS } from './facts.js';
import { PACKS } from './packs/packs.js';
import { NINE_CITIES } from './places.js';
import { ACTS, PLAIN_CONSENT } from './provisions/acts.js';
import { PROGRAMME } from './provisions/programme.js';

/**
 * Moves with every change of the law in force here: a patch for words, a minor for a rule, a major for the format.
 * `test/versions.jsonl` lists every version with its digest.
 */
const VERSION = '1.3.0';

/**
 * What a decision was made with: the version and the digest (SHA-256 over RFC 8785) of everything that an assessment
 * follows from: rules, provisions, sensitivity of categories, defaults of facts, the nine cities, the acts asked of a
 * person, and the cures by which a request may still proceed. An assessment that stores the digest can be replayed and
 * says whether today's law would decide differently.
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
    acts: { lines: ACTS, plainConsent: PLAIN_CONSENT },
    cures: { steps: STEP_CURES, facts: FACT_CURES },
  }),
};
