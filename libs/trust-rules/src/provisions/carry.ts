import {
  advise,
  all,
  at,
  atLeast,
  choose,
  cite,
  escalate,
  forbid,
  is,
  known,
  not,
  oblige,
  unknown,
  when,
  type Step,
} from '../vocabulary.js';
import { CREDIT_REPORT, GENETIC, MAINLAND_EXPORTER, PIPL_APPLIES } from './terms.js';

/**
 * README section 14: the person obtains the own data and hands them over. The law of export binds handlers, not a
 * person in personal affairs.
 */

const DELIVERY: Step = choose(
  [not(known('carry.delivery')), unknown('carry.delivery')],
  [is('carry.delivery', 'source-to-recipient'), forbid('source-sends-to-recipient', 'PLAT.CARRY')],
  [all(), [oblige('subject-downloads-original', 'PLAT.CARRY'), oblige('hash-only-crosses', 'PLAT.CARRY')]],
);

const SOURCE: Step = choose(
  [
    MAINLAND_EXPORTER,
    [
      cite('CN.PIPL.45', 'CN.PIPL.72'),
      when(PIPL_APPLIES, advise('self-carry-doctrinal')),
      when(GENETIC, [escalate('hgr-subject-carry', 'CN.HGR.28'), oblige('legal-review', 'CN.HGR.28')]),
    ],
  ],
  [at('exporter.place', 'hk'), cite('HK.S18')],
  [at('exporter.place', 'mo'), cite('MO.11')],
);

const counted = (rule: string, free: number): Step =>
  when(
    atLeast('counters.freeReportsUsed', free),
    oblige('report-fee-may-apply', rule),
    oblige('count-free-report', rule),
  );

/** Free credit reports: two a year on the Mainland, one in twelve months at each selected agency in Hong Kong (14.4). */
export const FREE_REPORT: Step = choose(
  [MAINLAND_EXPORTER, counted('CN.CRIR.17', 2)],
  [all(at('exporter.place', 'hk'), is('exporter.kind', 'selected-cra')), counted('HK.MCRA', 1)],
);

/** The Macao platform serves institutions; the person gets a certificate from the bank instead. */
export const MACAO_PLATFORM: readonly Step[] = [
  forbid('platform-serves-institutions-only', 'MO.CDP'),
  oblige('offer-bank-certificate', 'MO.CDP'),
];

export const CARRY: readonly Step[] = [
  DELIVERY,
  SOURCE,
  when(CREDIT_REPORT, when(is('exporter.kind', 'macao-credit-platform'), MACAO_PLATFORM, FREE_REPORT)),
];
