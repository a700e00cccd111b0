import {
  all,
  any,
  asOf,
  at,
  before,
  done,
  fact,
  inForce,
  is,
  item,
  kept,
  known,
  marked,
  not,
  type Condition,
} from '../vocabulary.js';

/** Terms that several provisions share. */

export const MAINLAND_EXPORTER = at('exporter.place', 'mainland');

/**
 * Said of a Mainland exporter: the recipient is outside the Mainland. Hong Kong and Macao count as outside (jing wai),
 * though not as foreign.
 */
export const EXPORT = not(at('importer.place', 'mainland'));

export const PERSONAL = is('data.form', 'identifiable', 'de-identified');

export const UNDER_14 = before(asOf, fact('subject.bornOn', { years: 14 }));
export const UNDER_18 = before(asOf, fact('subject.bornOn', { years: 18 }));

/**
 * Sensitive in the sense of PIPL 28: by item, and everything about a person under 14. Only personal data have kept
 * items (README section 5).
 */
export const SENSITIVE = any(all(UNDER_14, kept()), kept(item('sensitiveCn', true)));

export const SENSITIVE_MO = kept(item('classMo', 'sensitive'));
export const CREDIT_REPORT = kept(item('category', 'credit-report'));
export const GENETIC = kept(item('category', 'genetic'));

/** One of the two parties acts on the other's instructions. */
export const ENTRUSTED = any(is('exporter.role', 'entrusted'), is('importer.role', 'entrusted'));
/** Both parties decide for themselves. */
export const INDEPENDENT = not(ENTRUSTED);

export const CONSENT_BASIS = is('basis.kind', 'consent');
export const EMERGENCY = is('basis.kind', 'emergency');
export const WITHDRAWN = all(CONSENT_BASIS, done('consent.withdrawnOn'));

export const AUTHORISED_MO = done('authorisations.dspdpAuthorisedOn');

const sameCode: Condition = { same: ['data.collectedFor', 'purpose.code'] };
const otherCode = all(known('data.collectedFor'), not(sameCode));
export const NEW_PURPOSE = all(otherCode, is('purpose.directlyRelated', false));
export const PURPOSE_UNDETERMINED = any(
  not(known('data.collectedFor')),
  all(otherCode, not(known('purpose.directlyRelated'))),
);

/** A standard contract of the area is relied on and stands (README section 6). */
export const CONTRACT_VALID = marked('contract-valid');

/** The Provisions on cross-border data flows have replaced the thresholds of 2022. */
export const PROVISIONS_APPLY = inForce('CN.CBDF.7');
export const PIPL_APPLIES = inForce('CN.PIPL.13');
