import {
  advise,
  all,
  any,
  at,
  choose,
  cite,
  done,
  forbid,
  hold,
  holdUnder,
  inForce,
  is,
  known,
  not,
  oblige,
  unknown,
  when,
  type Step,
} from '../vocabulary.js';
import { CONTRACT_VALID, CREDIT_REPORT, EMERGENCY, NEW_PURPOSE, PERSONAL, PURPOSE_UNDETERMINED } from './terms.js';

/** README section 8: a Hong Kong exporter in a transfer. Hong Kong law works by purpose; no legal basis is asked for. */

const SAID_WITHDRAWN = done('consent.withdrawnOn');
const WITHDRAWN_IN_WRITING = all(SAID_WITHDRAWN, is('consent.withdrawalInWriting', true));
/** Prescribed consent ends only by written notice (section 2(3)). */
const PRESCRIBED = all(is('consent.prescribed', true), not(WITHDRAWN_IN_WRITING));
const PRESCRIBED_UNKNOWN = all(not(known('consent.prescribed')), not(WITHDRAWN_IN_WRITING));

/** What is said of prescribed consent wherever it is claimed. */
export const PRESCRIBED_CONSENT: readonly Step[] = [
  when(is('consent.prescribed', true), cite('HK.S2')),
  when(all(PRESCRIBED, SAID_WITHDRAWN), advise('hk-withdrawal-needs-writing')),
];

/** Asks for whichever fact leaves it open whether the purpose is new. */
export const ASK_PURPOSE: Step = when(
  not(known('data.collectedFor')),
  unknown('data.collectedFor'),
  unknown('purpose.directlyRelated'),
);

/** DPP3: no new purpose without prescribed consent (README section 8.2). */
export const DPP3_TEST: readonly Step[] = [
  cite('HK.DPP3'),
  when(
    not(PRESCRIBED),
    choose(
      [PURPOSE_UNDETERMINED, ASK_PURPOSE],
      [all(NEW_PURPOSE, PRESCRIBED_UNKNOWN), unknown('consent.prescribed')],
      [NEW_PURPOSE, forbid('new-purpose-without-consent', 'HK.DPP3')],
    ),
  ),
];

/** DPP1: the class of the recipient was told at collection, or prescribed consent covers it. */
const DPP1_TEST: readonly Step[] = [
  cite('HK.DPP1'),
  choose(
    [any(is('notice.transfereeClass', true), PRESCRIBED), []],
    [not(known('notice.transfereeClass')), unknown('notice.transfereeClass')],
    [PRESCRIBED_UNKNOWN, unknown('consent.prescribed')],
    [all(), holdUnder('prescribed-consent', 'HK.DPP1')],
  ),
];

const OUTSIDE: Step = when(not(at('importer.place', 'hk')), [
  advise('hk-s33-not-in-operation'),
  choose(
    [is('instrument.kind', 'hk-rmc'), cite('HK.RMC')],
    [all(not(CONTRACT_VALID), inForce('HK.RMC')), advise('hk-model-clauses-recommended')],
  ),
]);

const DIRECT_MARKETING: Step = when(is('purpose.code', 'direct-marketing'), [
  cite('HK.P6A.35J', 'HK.P6A.35K'),
  when(
    any(is('notice.directMarketingWritten', false), is('consent.directMarketingWritten', false)),
    holdUnder('direct-marketing-consent', 'HK.P6A.35J', 'HK.P6A.35K'),
    [
      when(not(known('notice.directMarketingWritten')), unknown('notice.directMarketingWritten')),
      when(not(known('consent.directMarketingWritten')), unknown('consent.directMarketingWritten')),
    ],
  ),
]);

/** Selected credit reference agencies keep consumer credit data in Hong Kong, save for the arrangement of 2024. */
const CREDIT_DATA: Step = when(
  all(is('exporter.kind', 'selected-cra'), not(at('importer.place', 'hk')), CREDIT_REPORT, inForce('HK.MCRA')),
  [
    cite('HK.MCRA'),
    choose(
      [
        any(not(at('importer.place', 'mainland')), not(inForce('SCHEME.CBCR'))),
        forbid('credit-data-stay-in-hong-kong', 'HK.MCRA'),
      ],
      [not(is('scheme.cbcr', true)), [hold('cbcr-arrangement', 'SCHEME.CBCR'), oblige('offer-self-carry', 'HK.MCRA')]],
      [PRESCRIBED, cite('SCHEME.CBCR')],
      [PRESCRIBED_UNKNOWN, [cite('SCHEME.CBCR'), unknown('consent.prescribed')]],
      [all(), hold('prescribed-consent', 'SCHEME.CBCR')],
    ),
  ],
);

export const HONG_KONG: readonly Step[] = [
  when(PERSONAL, [
    ...PRESCRIBED_CONSENT,
    when(EMERGENCY, cite('HK.S63C'), [...DPP3_TEST, ...DPP1_TEST]),
    oblige('contract-security', 'HK.DPP4'),
    when(is('importer.role', 'entrusted'), oblige('processor-contract', 'HK.DPP2')),
    OUTSIDE,
    DIRECT_MARKETING,
    CREDIT_DATA,
  ]),
];
