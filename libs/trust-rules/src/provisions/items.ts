import {
  all,
  any,
  asOf,
  at,
  before,
  block,
  inChannel,
  is,
  item,
  not,
  unknown,
  when,
  known,
  type Day,
  type ItemLine,
  type Step,
} from '../vocabulary.js';
import { MAINLAND_EXPORTER, PERSONAL } from './terms.js';

/** README section 5: each item takes the first line that fits. */

const TRANSFERS = inChannel('transfer', 'onward-transfer');
const CARRIES = inChannel('subject-carry', 'health-record-qr');
const day = (
  member: 'negativeEndedOn' | 'defaultSettledOn' | 'bankruptcyDischargedOn' | 'retentionEndsOn',
  years = 0,
): Day => (years > 0 ? { item: member, plus: { years } } : { item: member });
const expired = before(day('retentionEndsOn'), asOf);
const creditReport = item('category', 'credit-report');
const unneeded = item('necessary', false);
const eitherIn = (place: 'hk' | 'mo') => any(at('exporter.place', place), at('importer.place', place));
const eitherMainlandAgency = any(
  all(MAINLAND_EXPORTER, is('exporter.kind', 'credit-agency')),
  all(at('importer.place', 'mainland'), is('importer.kind', 'credit-agency')),
);

/** The source has kept the item for too long. */
const STALE = 'tell-source-to-delete';

const LINES: readonly ItemLine[] = [
  {
    when: all(TRANSFERS, eitherMainlandAgency, item('category', 'religion', 'genetic', 'biometric', 'medical')),
    rules: ['CN.CRIR.14'],
  },
  {
    when: all(MAINLAND_EXPORTER, creditReport, before(day('negativeEndedOn', 5), asOf)),
    rules: ['CN.CRIR.16', 'CN.PIPL.19', 'CN.PIPL.47'],
    oblige: STALE,
  },
  {
    when: all(
      at('exporter.place', 'hk'),
      creditReport,
      any(before(day('defaultSettledOn', 5), asOf), before(day('bankruptcyDischargedOn', 5), asOf)),
    ),
    rules: ['HK.CCD.3.3', 'HK.DPP2'],
    oblige: STALE,
  },
  { when: all(expired, MAINLAND_EXPORTER), rules: ['CN.PIPL.19'], oblige: STALE },
  { when: all(expired, at('exporter.place', 'hk')), rules: ['HK.DPP2'], oblige: STALE },
  { when: all(expired, at('exporter.place', 'mo')), rules: ['MO.5'], oblige: STALE },
  { when: expired, rules: [], keep: true },
  { when: all(MAINLAND_EXPORTER, item('category', 'auth-secret')), rules: ['CN.JRT0171.C3'] },
  {
    when: all(item('category', 'hkid-copy'), eitherIn('hk'), not(is('purpose.code', 'account-opening', 'aml-check'))),
    rules: ['HK.IDC.3.2', 'HK.DPP1'],
  },
  {
    when: all(
      TRANSFERS,
      item('category', 'criminal-record'),
      eitherIn('mo'),
      not(is('basis.kind', 'legal-duty', 'public-task')),
    ),
    rules: ['MO.8'],
  },
  { when: all(unneeded, at('importer.place', 'mainland')), rules: ['CN.PIPL.6'] },
  { when: all(unneeded, CARRIES, at('importer.place', 'hk')), rules: ['HK.DPP1'] },
  { when: all(unneeded, CARRIES, at('importer.place', 'mo')), rules: ['MO.5'] },
  { when: all(unneeded, TRANSFERS, MAINLAND_EXPORTER), rules: ['CN.PIPL.6'] },
  { when: all(unneeded, TRANSFERS, eitherIn('hk')), rules: ['HK.DPP1'] },
  { when: all(unneeded, TRANSFERS), rules: ['MO.5'] },
];

/** Decides item by item what may stay in the request. */
export const ITEMS: readonly Step[] = [
  when(PERSONAL, { items: { lines: LINES, some: 'minimum-items', every: 'nothing-left-to-send' } }),
];

/** In a transfer of personal data the items must be named. */
export const ITEMS_NAMED: readonly Step[] = [
  block('items named', when(all(PERSONAL, not(known('data.items'))), unknown('data.items'))),
];
