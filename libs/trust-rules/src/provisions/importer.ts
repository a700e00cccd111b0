import { all, choose, cite, forbid, inChannel, is, oblige, when, type Step } from '../vocabulary.js';
import { COMBINATION } from './macao.js';
import { GUARDIAN_TEST, WITHDRAWAL } from './mainland-consent.js';
import { CONSENT_BASIS, PERSONAL, PIPL_APPLIES, SENSITIVE, SENSITIVE_MO, WITHDRAWN } from './terms.js';

/** README section 10: the law of the importer, where it is another system than the exporter's. */

const TRANSFER = inChannel('transfer');

export const MAINLAND_IMPORTER: readonly Step[] = [
  when(all(PERSONAL, PIPL_APPLIES), [
    cite('CN.PIPL.13'),
    oblige('importer-notice', 'CN.PIPL.17'),
    when(SENSITIVE, [
      cite('CN.PIPL.28', 'CN.PIPL.30'),
      oblige('importer-sensitive-duties', 'CN.PIPL.29'),
      oblige('importer-impact-assessment', 'CN.PIPL.55'),
    ]),
    when(TRANSFER, choose([WITHDRAWN, WITHDRAWAL], [CONSENT_BASIS, GUARDIAN_TEST])),
  ]),
];

export const HONG_KONG_IMPORTER: readonly Step[] = [
  when(PERSONAL, [
    oblige('importer-notice', 'HK.DPP1'),
    oblige('importer-security', 'HK.DPP4'),
    when(is('exporter.role', 'entrusted'), oblige('processor-contract', 'HK.DPP2')),
  ]),
];

export const MACAO_IMPORTER: readonly Step[] = [
  when(PERSONAL, [
    cite('MO.6'),
    oblige('importer-notice', 'MO.10'),
    oblige('dspdp-notify-processing', 'MO.21.1', 'P8D'),
    when(SENSITIVE_MO, oblige('importer-sensitive-duties', 'MO.7')),
    when(TRANSFER, [when(WITHDRAWN, forbid('consent-withdrawn', 'MO.6')), ...COMBINATION]),
  ]),
];
