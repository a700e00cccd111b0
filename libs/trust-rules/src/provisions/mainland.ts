import {
  all,
  atLeast,
  cite,
  done,
  forbid,
  holdUnder,
  inForce,
  is,
  known,
  must,
  not,
  oblige,
  unknown,
  when,
  type Step,
} from '../vocabulary.js';
import { BASIS, NOTICE_AND_ASSESSMENT } from './mainland-consent.js';
import { assessmentNeeded } from './mainland-mechanism.js';
import { EXPORT_PATH } from './mainland-path.js';
import {
  CREDIT_REPORT,
  ENTRUSTED,
  EXPORT,
  GENETIC,
  PERSONAL,
  PIPL_APPLIES,
  PROVISIONS_APPLY,
  SENSITIVE,
} from './terms.js';

/** README section 7: a Mainland exporter in a transfer. */

/** 7.0: data that are not personal. */
const NOT_PERSONAL: Step = when(
  EXPORT,
  when(
    is('data.importantData', 'declared'),
    [cite('CN.CBDF.7', 'CN.NDSMR.37'), when(not(PROVISIONS_APPLY), cite('CN.SAM.4')), assessmentNeeded('important')],
    [
      cite('CN.CBDF.3'),
      when(is('data.form', 'anonymised'), cite('CN.PIPL.4')),
      when(not(known('data.importantData')), oblige('identify-important-data', 'CN.CBDF.2')),
    ],
  ),
);

/** 7.1: before PIPL, under the Cybersecurity Law alone. */
const BEFORE_PIPL: Step = when(inForce('CN.CSL16.42'), [
  cite('CN.CSL16.42'),
  must('consent.given', holdUnder('subject-consent', 'CN.CSL16.42')),
  when(EXPORT, [
    when(not(known('exporter.ciio')), unknown('exporter.ciio')),
    when(is('exporter.ciio', true), [cite('CN.CSL16.37'), holdUnder('security-assessment', 'CN.CSL16.37')]),
  ]),
]);

/** 7.2: under PIPL. */
const UNDER_PIPL: readonly Step[] = [
  when(all(EXPORT, is('importer.blacklisted', true)), forbid('recipient-on-restricted-list', 'CN.PIPL.42')),
  cite('CN.PIPL.13'),
  when(SENSITIVE, oblige('strict-protection', 'CN.PIPL.28')),
  when(
    ENTRUSTED,
    oblige('entrustment-agreement', 'CN.PIPL.21'),
    oblige('keep-provision-records', 'CN.NDSMR.12', 'P3Y'),
  ),
  when(EXPORT, cite('CN.PIPL.39')),
  BASIS,
  NOTICE_AND_ASSESSMENT,
  when(EXPORT, EXPORT_PATH),
];

/** 7.4: sector rules, on any date. */
const SECTORS: readonly Step[] = [
  when(all(is('exporter.kind', 'credit-agency'), CREDIT_REPORT), [
    cite('CN.CRIR.18', 'CN.CRIR.20'),
    when(EXPORT, oblige('check-central-bank-rules', 'CN.CRIR.24')),
  ]),
  when(all(EXPORT, GENETIC), [
    cite('CN.HGR.28', 'CN.HGRR.36'),
    when(not(done('authorisations.hgrReportedOn')), holdUnder('hgr-report-and-backup', 'CN.HGR.28', 'CN.HGRR.36')),
    when(inForce('CN.HGRR.37'), [
      when(not(known('counters.geneticCases')), unknown('counters.geneticCases')),
      when(atLeast('counters.geneticCases', 501), [
        cite('CN.HGRR.37'),
        when(not(done('authorisations.hgrReviewedOn')), holdUnder('hgr-security-review', 'CN.HGRR.37')),
      ]),
    ]),
  ]),
];

export const MAINLAND: readonly Step[] = [
  when(PERSONAL, [when(PIPL_APPLIES, UNDER_PIPL, BEFORE_PIPL), ...SECTORS], NOT_PERSONAL),
];
