import { all, cite, forbid, holdUnder, is, must, when, type Step } from '../vocabulary.js';
import { CONSENT_BASIS, WITHDRAWN } from './terms.js';

/**
 * Records that are not about a person, sent on consent. The laws on personal data ask for none; Bayway itself asks for
 * that of an authorised signatory, so that no record of an organisation leaves its holder without the organisation.
 */
export const ORGANISATION: readonly Step[] = [
  when(all(is('data.form', 'non-personal'), CONSENT_BASIS), [
    cite('PLAT.SIGNATORY'),
    when(
      WITHDRAWN,
      forbid('consent-withdrawn', 'PLAT.SIGNATORY'),
      must('consent.given', holdUnder('subject-consent', 'PLAT.SIGNATORY')),
    ),
  ]),
];
