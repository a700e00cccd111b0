import {
  all,
  any,
  asOf,
  at,
  atLeast,
  before,
  block,
  cite,
  fact,
  forbid,
  hold,
  inForce,
  known,
  must,
  not,
  oblige,
  stop,
  unknown,
  when,
  type Step,
} from '../vocabulary.js';

/** README section 16: the cross-boundary health record that a person hands to a hospital by two codes. */

const S = 'SCHEME.EHEALTH';
const OFFER = oblige('offer-self-carry', S);

/** Before 24 December 2025 the scheme was open to persons aged 65 or over only. */
const AGE: Step = when(not(inForce('SCHEME.EHEALTH.ALL')), [
  when(not(known('subject.bornOn')), unknown('subject.bornOn')),
  when(before(asOf, fact('subject.bornOn', { years: 65 })), [forbid('scheme-age-limit', S), OFFER]),
]);

export const HEALTH_RECORD: readonly Step[] = [
  cite('SCHEME.EHEALTH.ALL'),
  block(
    'scheme',
    when(not(inForce(S)), [forbid('scheme-not-started'), stop]),
    when(any(not(at('exporter.place', 'hk')), not(at('importer.place', 'nine-cities'))), [
      forbid('scheme-serves-other-places', S),
      OFFER,
      stop,
    ]),
    cite('HK.DPP3'),
    must('scheme.designated', forbid('hospital-not-designated', S), OFFER),
    AGE,
    must('scheme.subjectInitiated', hold('subject-action', S)),
    when(not(known('scheme.recordYears')), unknown('scheme.recordYears')),
    when(atLeast('scheme.recordYears', 4), hold('record-window', S)),
    when(not(known('scheme.appliedDaysBefore')), unknown('scheme.appliedDaysBefore')),
    when(
      all(known('scheme.appliedDaysBefore'), not(atLeast('scheme.appliedDaysBefore', 3))),
      hold('application-lead-time', S),
    ),
    oblige('two-codes', S),
  ),
];
