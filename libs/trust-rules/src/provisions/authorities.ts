import {
  all,
  any,
  at,
  choose,
  cite,
  done,
  escalate,
  forbid,
  holdUnder,
  inForce,
  is,
  must,
  oblige,
  when,
  type Step,
} from '../vocabulary.js';
import { MAINLAND_EXPORTER, PIPL_APPLIES } from './terms.js';

/** README section 17: public services, and requests by courts and enforcement bodies. */

const HK_AND_GUANGDONG = any(
  all(at('exporter.place', 'hk'), at('importer.place', 'guangdong')),
  all(at('exporter.place', 'guangdong'), at('importer.place', 'hk')),
);

export const PUBLIC_SERVICE: readonly Step[] = [
  when(
    HK_AND_GUANGDONG,
    when(
      inForce('SCHEME.GOV'),
      [
        must('scheme.subjectAuthorised', holdUnder('subject-authorisation', 'SCHEME.GOV')),
        oblige('usable-not-visible', 'SCHEME.GOV'),
      ],
      forbid('scheme-not-started'),
    ),
    [escalate('gov-service-pair'), oblige('legal-review')],
  ),
];

/** Obligations rest on PIPL 41, before that law on DSL 36. */
const obligeUnderBlocking = (
  code: 'record-approval' | 'refer-to-competent-authority' | 'use-mutual-assistance',
): Step => when(PIPL_APPLIES, oblige(code, 'CN.PIPL.41'), oblige(code, 'CN.DSL.36'));

const FOREIGN_AUTHORITY: readonly Step[] = [
  cite('CN.DSL.36'),
  when(is('exporter.kind', 'bank', 'insurer'), cite('CN.AML.50')),
  choose(
    [done('authority.approvedOn'), obligeUnderBlocking('record-approval')],
    [
      inForce('CN.DSL.36'),
      [
        forbid('foreign-authority-without-approval', 'CN.PIPL.41', 'CN.DSL.36'),
        obligeUnderBlocking('refer-to-competent-authority'),
      ],
    ],
  ),
  when(
    all(is('instrument.kind', 'gba-sc-hk'), inForce('GBA.HK.4.2')),
    forbid('contract-data-to-foreign-authority', 'GBA.HK.4.2'),
  ),
  when(
    all(is('instrument.kind', 'gba-sc-mo'), inForce('GBA.MO.4.2')),
    forbid('contract-data-to-foreign-authority', 'GBA.MO.4.2'),
  ),
];

export const AUTHORITY_REQUEST: readonly Step[] = [
  choose(
    [all(MAINLAND_EXPORTER, at('authority.place', 'elsewhere')), FOREIGN_AUTHORITY],
    [
      all(MAINLAND_EXPORTER, at('authority.place', 'hk', 'mo')),
      [
        escalate('sar-authority-request', 'CN.PIPL.41', 'CN.DSL.36', 'CN.PIPL.38'),
        obligeUnderBlocking('use-mutual-assistance'),
        obligeUnderBlocking('refer-to-competent-authority'),
      ],
    ],
    [all(), [escalate('authority-pair'), oblige('legal-review')]],
  ),
];
