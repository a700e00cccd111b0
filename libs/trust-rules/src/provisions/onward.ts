import {
  advise,
  all,
  any,
  at,
  cite,
  forbid,
  is,
  marked,
  must,
  not,
  oblige,
  holdUnder,
  when,
  type Condition,
  type Step,
} from '../vocabulary.js';
import { AREA_TEST_HK, AREA_TEST_MO } from './area-contract.js';
import { ASK_PURPOSE, DPP3_TEST, PRESCRIBED_CONSENT } from './hong-kong.js';
import { macaoProvider } from './macao.js';
import {
  CONSENT_BASIS,
  CREDIT_REPORT,
  EMERGENCY,
  MAINLAND_EXPORTER,
  NEW_PURPOSE,
  PERSONAL,
  PURPOSE_UNDETERMINED,
} from './terms.js';

/**
 * README section 12: passing on what was received. `exporter` is the first exporter, `importer` the present holder,
 * `onward` the next recipient; `data.collectedFor` is what the holder received the data for.
 */

const UNDER_HK = is('onward.receivedUnder', 'gba-sc-hk');
const UNDER_MO = is('onward.receivedUnder', 'gba-sc-mo');
const UNDER_NATIONAL = is('onward.receivedUnder', 'national-scc');

/** For the contract with Macao one rule stands for recipient's duties and for the conditions of passing on. */
const AREA: readonly Step[] = [
  when(UNDER_HK, [AREA_TEST_HK, cite('GBA.HK.C3')]),
  when(UNDER_MO, [AREA_TEST_MO, cite('GBA.MO.C')]),
];

const PURPOSE: readonly Step[] = [
  when(all(not(at('importer.place', 'hk')), PURPOSE_UNDETERMINED), ASK_PURPOSE),
  when(all(MAINLAND_EXPORTER, NEW_PURPOSE), [
    cite('CN.PIPL.14', 'CN.PIPL.23'),
    must('onward.subjectConsent', forbid('recipient-changed-purpose', 'CN.PIPL.14', 'CN.PIPL.23')),
  ]),
];

const CONDITIONAL = any(marked('inside-area'), UNDER_NATIONAL);
const CONTRACTS = ['GBA.HK.C3.7', 'GBA.MO.C', 'CN.SCCM.C3'] as const;

const CONDITIONS: Step = when(CONDITIONAL, [
  when(UNDER_HK, cite('GBA.HK.C3.7')),
  when(UNDER_NATIONAL, cite('CN.SCCM.C3')),
  must('onward.writtenAgreement', holdUnder('onward-agreement', ...CONTRACTS)),
  must('onward.necessityRecorded', holdUnder('onward-necessity-record', ...CONTRACTS)),
  must('onward.subjectInformed', holdUnder('onward-notice', ...CONTRACTS)),
]);

const CREDIT_AGENCY: Condition = all(MAINLAND_EXPORTER, is('exporter.kind', 'credit-agency'), CREDIT_REPORT);

const CONSENT: readonly Step[] = [
  when(CREDIT_AGENCY, cite('CN.CRIR.20')),
  when(
    any(CREDIT_AGENCY, all(CONDITIONAL, CONSENT_BASIS)),
    must('onward.subjectConsent', holdUnder('onward-consent', 'CN.CRIR.20', ...CONTRACTS)),
  ),
];

const HONG_KONG_HOLDER: readonly Step[] = [
  ...PRESCRIBED_CONSENT,
  when(EMERGENCY, cite('HK.S63C'), DPP3_TEST),
  oblige('contract-security', 'HK.DPP4'),
  when(not(at('onward.recipientPlace', 'hk')), advise('hk-s33-not-in-operation')),
];

export const ONWARD: readonly Step[] = [
  when(
    PERSONAL,
    [
      ...AREA,
      ...PURPOSE,
      CONDITIONS,
      ...CONSENT,
      when(at('importer.place', 'hk'), HONG_KONG_HOLDER),
      when(at('importer.place', 'mo'), macaoProvider(not(at('onward.recipientPlace', 'mo')))),
    ],
    when(all(is('data.form', 'anonymised'), MAINLAND_EXPORTER), cite('CN.PIPL.4')),
  ),
];
