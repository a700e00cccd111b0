import {
  all,
  any,
  at,
  atLeast,
  choose,
  cite,
  forbid,
  hold,
  holdUnder,
  inChannel,
  is,
  kept,
  item,
  known,
  must,
  not,
  oblige,
  unknown,
  when,
  type Step,
} from '../vocabulary.js';
import { GUARDIAN_TEST } from './mainland-consent.js';
import { MAINLAND_EXPORTER, UNDER_14, UNDER_18 } from './terms.js';

/** README section 13: who asks, and how surely we know. */

const RIGHTS = inChannel('rights-request');

const ORGANISATION: Step = choose(
  [not(RIGHTS), forbid('organisation-asks', 'PLAT.CARRY')],
  [MAINLAND_EXPORTER, forbid('organisation-asks', 'CN.PIPL.50')],
  [at('exporter.place', 'hk'), forbid('organisation-asks', 'HK.S18')],
  [at('exporter.place', 'mo'), forbid('organisation-asks', 'MO.11')],
  [all(), forbid('organisation-asks')],
);

const AUTHORITY: Step = must('requester.agentAuthorised', hold('agent-authorisation'));

export const REQUESTER: readonly Step[] = [
  choose(
    [not(known('requester.kind')), unknown('requester.kind')],
    [is('requester.kind', 'organisation'), ORGANISATION],
    [is('requester.kind', 'agent'), AUTHORITY],
    [is('requester.kind', 'guardian'), when(not(UNDER_18), AUTHORITY)],
    [
      is('requester.kind', 'near-relative'),
      when(
        all(MAINLAND_EXPORTER, is('subject.deceased', true)),
        oblige('limited-to-own-interest', 'CN.PIPL.49'),
        hold('agent-authorisation'),
      ),
    ],
    // What is left is the person herself.
    [any(MAINLAND_EXPORTER, at('importer.place', 'mainland')), GUARDIAN_TEST],
  ),
];

/** Records that can hurt most, and children's data, are handed over at identity level 3 only. */
export const IDENTITY_LEVEL: readonly Step[] = [
  when(any(UNDER_14, kept(item('category', 'credit-report', 'medical', 'genetic'))), [
    cite('PLAT.LOA3'),
    when(
      not(known('requester.identityLevel')),
      unknown('requester.identityLevel'),
      when(not(atLeast('requester.identityLevel', 3)), holdUnder('identity-assurance', 'PLAT.LOA3')),
    ),
  ]),
];
