import {
  advise,
  all,
  any,
  at,
  cite,
  choose,
  forbid,
  hold,
  holdUnder,
  inForce,
  is,
  known,
  must,
  not,
  oblige,
  unknown,
  when,
  type PlaceSet,
  type Step,
} from '../vocabulary.js';

/** README section 15: a salted fingerprint is compared, no content crosses. */

const between = (one: PlaceSet, other: PlaceSet) =>
  any(
    all(at('exporter.place', one), at('importer.place', other)),
    all(at('exporter.place', other), at('importer.place', one)),
  );
const either = (place: PlaceSet) => any(at('exporter.place', place), at('importer.place', place));

const LAW: readonly Step[] = [
  when(either('mainland'), cite('CN.PIPL.73.3')),
  when(either('hk'), cite('HK.DPP3')),
  when(either('mo'), cite('MO.5')),
];

const SCHEME: Step = choose(
  [all(between('hk', 'CN-440300'), inForce('SCHEME.SZHK')), cite('SCHEME.SZHK')],
  [all(between('mo', 'guangdong'), inForce('SCHEME.GDMO')), cite('SCHEME.GDMO')],
  [all(between('SG', 'CN-440300'), inForce('SCHEME.SZSG')), cite('SCHEME.SZSG')],
  [all(), advise('no-listed-validation-scheme')],
);

export const VERIFY: readonly Step[] = [
  must('verify.subjectInitiated', holdUnder('subject-action', 'PLAT.CARRY')),
  must('verify.salted', hold('salted-fingerprint', 'CN.PIPL.73.3')),
  when(not(known('verify.contentCrosses')), unknown('verify.contentCrosses')),
  when(is('verify.contentCrosses', true), forbid('content-crosses-in-check', 'PLAT.CARRY')),
  ...LAW,
  SCHEME,
  oblige('subject-action-each-time', 'PLAT.CARRY'),
  oblige('one-time-salt', 'PLAT.CARRY'),
  oblige('boolean-result-only', 'PLAT.CARRY'),
  oblige('log-without-content', 'PLAT.CARRY'),
];
