import {
  all,
  any,
  at,
  block,
  choose,
  cite,
  done,
  escalate,
  forbid,
  hold,
  holdUnder,
  inForce,
  is,
  known,
  mark,
  marked,
  not,
  oblige,
  obligeAnyway,
  stop,
  unknown,
  when,
  type Condition,
  type Step,
} from '../vocabulary.js';
import { filing } from './filing.js';

/** README section 6: the standard contract of the area. It is bilateral and geographic. */

const betweenNineCitiesAnd = (region: 'hk' | 'mo'): Condition =>
  any(
    all(at('exporter.place', 'nine-cities'), at('importer.place', region)),
    all(at('exporter.place', region), at('importer.place', 'nine-cities')),
  );

const VOID: readonly Step[] = [mark('contract-void'), stop];

/** Until 31 October 2024 the Hong Kong contract was open to three sectors only. */
const PILOT: Step = when(inForce('GBA.HK.PILOT'), [
  cite('GBA.HK.PILOT'),
  when(not(known('exporter.sector')), unknown('exporter.sector')),
  when(not(known('importer.sector')), unknown('importer.sector')),
  when(any(is('exporter.sector', 'other'), is('importer.sector', 'other')), VOID),
  when(any(not(known('exporter.sector')), not(known('importer.sector'))), [mark('contract-undetermined'), stop]),
]);

type Terms = Readonly<{
  region: 'hk' | 'mo';
  prefix: 'GBA.HK' | 'GBA.MO';
  /** Rules on template, taking effect, recipient's duties, filing; authorities that take the filing. */
  template: string;
  effect: string;
  duties: string;
  filing: readonly Step[];
  pilot: readonly Step[];
}>;

const contract = (terms: Terms): readonly Step[] => [
  when(not(inForce(`${terms.prefix}.2`)), VOID),
  cite(`${terms.prefix}.2`),
  when(not(betweenNineCitiesAnd(terms.region)), VOID),
  ...terms.pilot,
  mark('contract-valid'),
  cite(`${terms.prefix}.4.1`, `${terms.prefix}.4.2`, `${terms.prefix}.5`, terms.effect),
  when(is('data.importantData', 'declared'), [
    forbid('important-data-under-area-contract', `${terms.prefix}.2`, 'CN.CBDF.7', 'CN.NDSMR.37'),
    stop,
  ]),
  when(not(done('impactAssessment.doneOn')), holdUnder('impact-assessment', `${terms.prefix}.5`)),
  when(is('instrument.templateUnaltered', false), hold('use-template-unaltered', terms.template)),
  when(not(done('instrument.effectiveOn')), hold('instrument-in-effect', terms.effect), terms.filing),
  when(is('instrument.scopeMatches', false), hold('instrument-scope-update', terms.effect)),
  oblige('no-onward-outside-gba', `${terms.prefix}.4.2`),
  oblige('use-only-agreed-purpose', terms.duties),
  oblige('recipient-records', terms.duties, 'P3Y'),
  oblige('delete-or-return-at-end', terms.duties),
];

const HONG_KONG: Terms = {
  region: 'hk',
  prefix: 'GBA.HK',
  template: 'GBA.HK.6',
  effect: 'GBA.HK.7',
  duties: 'GBA.HK.C3',
  filing: filing('GBA.HK.8', ['guangdong-cac', 'hk-dpo']),
  pilot: [PILOT],
};

const MACAO: Terms = {
  region: 'mo',
  prefix: 'GBA.MO',
  template: 'GBA.MO.C',
  effect: 'GBA.MO.C',
  duties: 'GBA.MO.C',
  filing: filing('GBA.MO.7', ['guangdong-cac', 'macao-dspdp']),
  pilot: [],
};

/** Whether a claimed contract of the area stands, and what it asks for. */
export const AREA_CONTRACT: readonly Step[] = [
  when(is('instrument.kind', 'gba-sc-hk'), block('contract Mainland-Hong Kong', ...contract(HONG_KONG))),
  when(is('instrument.kind', 'gba-sc-mo'), block('contract Mainland-Macao', ...contract(MACAO))),
];

const area = (rule: string, inside: 'hk' | 'mo', open: 'hk' | 'mo'): Step =>
  choose(
    [at('onward.recipientPlace', inside, 'nine-cities'), [cite(rule), mark('inside-area')]],
    [at('onward.recipientPlace', open), [escalate('gba-cross-sar-onward', rule), obligeAnyway('legal-review', rule)]],
    [all(), [forbid('leaves-the-area', rule), obligeAnyway('anonymise-or-new-route', rule)]],
  );

/** README section 11.1: data received under the contract stay in the area. Consent does not cure it. */
export const AREA_TEST_HK = area('GBA.HK.4.2', 'hk', 'mo');
export const AREA_TEST_MO = area('GBA.MO.4.2', 'mo', 'hk');

/** README section 11.1 for a transfer with a planned next recipient. */
export const PLANNED_ONWARD: readonly Step[] = [
  when(all({ group: 'onward' }, marked('contract-valid')), [
    when(is('instrument.kind', 'gba-sc-hk'), AREA_TEST_HK, AREA_TEST_MO),
  ]),
];

/** README section 11.2: a claim that carries nothing is taken down; it never makes a transfer fail by itself. */
export const DROPPED_CLAIMS: readonly Step[] = [
  when(
    all(marked('contract-void'), is('instrument.kind', 'gba-sc-hk')),
    obligeAnyway('drop-instrument-claim', 'GBA.HK.2'),
  ),
  when(
    all(marked('contract-void'), is('instrument.kind', 'gba-sc-mo')),
    obligeAnyway('drop-instrument-claim', 'GBA.MO.2'),
  ),
  when(
    all(
      is('instrument.kind', 'national-scc', 'certification', 'gba-certification', 'security-assessment'),
      not(at('exporter.place', 'mainland')),
    ),
    oblige('drop-instrument-claim'),
  ),
];
