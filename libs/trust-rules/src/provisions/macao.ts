import {
  all,
  any,
  at,
  choose,
  cite,
  done,
  escalate,
  forbid,
  hold,
  holdUnder,
  is,
  item,
  kept,
  known,
  must,
  not,
  oblige,
  unknown,
  when,
  type Condition,
  type Step,
} from '../vocabulary.js';
import { AUTHORISED_MO, CONSENT_BASIS, EMERGENCY, NEW_PURPOSE, PERSONAL, SENSITIVE_MO, WITHDRAWN } from './terms.js';

/** README section 9: a Macao exporter in a transfer, and a Macao holder who passes data on. */

const NOT_AUTHORISED = not(AUTHORISED_MO);

/** A ground of article 20(1) stands: the authority must have been notified before. */
const GROUND: Step = when(
  not(done('authorisations.dspdpNotifiedOn')),
  when(
    EMERGENCY,
    [escalate('mo-emergency-notification', 'MO.20.1'), oblige('legal-review', 'MO.20.1')],
    holdUnder('dspdp-notification', 'MO.20.1'),
  ),
);

const NO_GROUND: Step = holdUnder('mo-transfer-ground', 'MO.19', 'MO.20.1');

const byFact = (path: 'consent.explicit' | 'basis.necessary'): Step =>
  when(not(known(path)), unknown(path), when(is(path, true), GROUND, NO_GROUND));

/** No place has been declared adequate, so every transfer out needs a ground or an authorisation. */
const LEAVING: readonly Step[] = [
  cite('MO.19'),
  when(kept(item('classMo', 'credit')), cite('MO.22')),
  when(all(NOT_AUTHORISED, known('basis.kind'), not(WITHDRAWN), any(not(CONSENT_BASIS), is('consent.given', true))), [
    cite('MO.20.1'),
    choose(
      [CONSENT_BASIS, byFact('consent.explicit')],
      [is('basis.kind', 'contract', 'hr'), byFact('basis.necessary')],
      [is('basis.kind', 'legal-duty', 'public-task', 'emergency', 'public-disclosed'), GROUND],
      [all(), NO_GROUND],
    ),
  ]),
];

/** Combining data sets needs the authority's leave (article 9). */
export const COMBINATION: readonly Step[] = [
  when(is('data.combined', true), [cite('MO.9'), when(NOT_AUTHORISED, holdUnder('dspdp-authorisation', 'MO.9'))]),
];

/**
 * What Law 8/2005 asks of the Macao side that provides data.
 * @param leaving whether the recipient is outside Macao
 */
export function macaoProvider(leaving: Condition): readonly Step[] {
  return [
    cite('MO.6'),
    oblige('dspdp-notify-processing', 'MO.21.1', 'P8D'),
    when(AUTHORISED_MO, cite('MO.20.2')),
    choose(
      [WITHDRAWN, forbid('consent-withdrawn', 'MO.6')],
      [not(known('basis.kind')), unknown('basis.kind')],
      [CONSENT_BASIS, must('consent.given', holdUnder('subject-consent', 'MO.6'))],
    ),
    when(not(EMERGENCY), [cite('MO.10'), must('notice.given', holdUnder('notice', 'MO.10'))]),
    when(leaving, LEAVING),
    when(SENSITIVE_MO, [
      cite('MO.7'),
      when(
        not(any(AUTHORISED_MO, is('basis.kind', 'legal-duty', 'public-task', 'emergency'), WITHDRAWN)),
        must('consent.explicit', holdUnder('mo-sensitive-ground', 'MO.7')),
      ),
    ]),
    when(all(NEW_PURPOSE, NOT_AUTHORISED, not(is('consent.explicit', true))), hold('dspdp-authorisation', 'MO.22')),
    ...COMBINATION,
  ];
}

export const MACAO: readonly Step[] = [when(PERSONAL, macaoProvider(not(at('importer.place', 'mo'))))];
