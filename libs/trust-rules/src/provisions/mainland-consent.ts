import {
  all,
  any,
  asOf,
  before,
  block,
  cite,
  done,
  fact,
  forbid,
  holdUnder,
  hold,
  is,
  known,
  must,
  not,
  oblige,
  stop,
  unknown,
  when,
  type Step,
} from '../vocabulary.js';
import {
  CONSENT_BASIS,
  CREDIT_REPORT,
  EMERGENCY,
  EXPORT,
  INDEPENDENT,
  SENSITIVE,
  UNDER_14,
  WITHDRAWN,
} from './terms.js';

/** Under fourteen a parent or guardian consents (README section 7.2(3)). */
export const GUARDIAN_TEST: readonly Step[] = [
  when(UNDER_14, [
    oblige('minor-rules', 'CN.PIPL.31'),
    must('consent.guardianGiven', hold('guardian-consent', 'CN.PIPL.31')),
  ]),
];

/** What a withdrawal means under Mainland law (README section 7.2(3)). */
export const WITHDRAWAL: readonly Step[] = [
  forbid('consent-withdrawn', 'CN.PIPL.15', 'CN.PIPL.47', 'CN.NDSMR.22'),
  oblige('stop-processing', 'CN.PIPL.15'),
  oblige('delete-or-restrict', 'CN.PIPL.47'),
  oblige('earlier-processing-stays-valid', 'CN.PIPL.15'),
];

const SEPARATE: Step = when(
  any(is('consent.separate', false), is('consent.bundled', true)),
  holdUnder('separate-consent', 'CN.PIPL.23', 'CN.PIPL.29', 'CN.PIPL.39'),
  when(not(known('consent.separate')), unknown('consent.separate')),
);

const ON_CONSENT: readonly Step[] = [
  cite('CN.NDSMR.22'),
  when(INDEPENDENT, cite('CN.PIPL.23')),
  when(SENSITIVE, cite('CN.PIPL.29')),
  when(WITHDRAWN, [...WITHDRAWAL, stop]),
  must('consent.given', holdUnder('subject-consent', 'CN.PIPL.13')),
  when(not(is('consent.given', true)), stop),
  when(any(INDEPENDENT, SENSITIVE, EXPORT), SEPARATE),
  when(
    any(is('consent.scopeMatches', false), before(fact('consent.expiresOn'), asOf)),
    hold('new-consent', 'CN.PIPL.14'),
  ),
  ...GUARDIAN_TEST,
  when(
    all(is('exporter.kind', 'credit-agency'), CREDIT_REPORT),
    must('consent.written', hold('written-consent', 'CN.CRIR.18')),
  ),
];

const STATED_MAINLAND_BASIS = is(
  'basis.kind',
  'contract',
  'hr',
  'legal-duty',
  'public-task',
  'public-disclosed',
  'subject-right',
);

/** The basis and what it asks for (README section 7.2(3)). */
export const BASIS: Step = block(
  'basis',
  when(not(known('basis.kind')), unknown('basis.kind')),
  when(is('basis.kind', 'legitimate-interest'), holdUnder('subject-consent', 'CN.PIPL.13')),
  when(CONSENT_BASIS, ON_CONSENT),
  when(all(EXPORT, is('policy.separateConsent', 'always'), STATED_MAINLAND_BASIS), SEPARATE),
);

/** Notice and impact assessment (README section 7.2(4)). */
export const NOTICE_AND_ASSESSMENT: Step = when(
  EMERGENCY,
  [oblige('notify-after-emergency', 'CN.PIPL.18'), oblige('record-emergency', 'CN.PIPL.18')],
  [
    cite('CN.PIPL.17'),
    when(SENSITIVE, cite('CN.PIPL.30')),
    must('notice.given', holdUnder('notice', 'CN.PIPL.17', 'CN.PIPL.30')),
    when(all(is('notice.given', true), EXPORT), must('notice.crossBorderItems', holdUnder('notice', 'CN.PIPL.39'))),
    when(any(EXPORT, SENSITIVE, INDEPENDENT), [
      cite('CN.PIPL.55'),
      when(not(done('impactAssessment.doneOn')), holdUnder('impact-assessment', 'CN.PIPL.55')),
      oblige('keep-impact-assessment', 'CN.PIPL.56', 'P3Y'),
    ]),
  ],
);
