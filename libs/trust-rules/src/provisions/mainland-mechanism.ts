import {
  advise,
  all,
  any,
  asOf,
  block,
  choose,
  cite,
  done,
  escalate,
  fact,
  forbid,
  hold,
  holdUnder,
  inForce,
  is,
  mark,
  marked,
  not,
  notAfter,
  oblige,
  stop,
  when,
  type Step,
} from '../vocabulary.js';
import { filing } from './filing.js';
import { CONTRACT_VALID, PROVISIONS_APPLY } from './terms.js';

/** README section 7.3: the mechanism an export rests on. */

/** The last day of a certificate or of an assessment: as stated, else three years after issue. */
const LAST_DAY = { fact: 'instrument.validUntil', orElse: fact('instrument.effectiveOn', { years: 3 }) } as const;
const STILL_VALID = notAfter(asOf, LAST_DAY);
const OUT_OF_SCOPE = is('instrument.scopeMatches', false);

const PASSED_ASSESSMENT: Step = when(
  all(is('instrument.kind', 'security-assessment'), inForce('CN.SAM.4'), done('instrument.effectiveOn')),
  [cite('CN.CBDF.9'), when(STILL_VALID, mark('assessment-serves'))],
);

/** Rules on infrastructure operators; the Cybersecurity Law was renumbered on 1 January 2026. */
export const OPERATOR_RULES: Step = cite('CN.PIPL.40', 'CN.CSL16.37', 'CN.CSL25.39');

/** Why an assessment is needed. */
export type AssessmentReason = 'important' | 'state' | 'ciio' | 'volume';

const VOLUME_QUESTION: Step = when(is('policy.gbaVolume', 'escalate'), [
  escalate('gba-volume'),
  when(PROVISIONS_APPLY, oblige('legal-review', 'CN.CBDF.7'), oblige('legal-review', 'CN.PIPL.40')),
]);

/** "Assessment needed" of README section 7.3. */
export function assessmentNeeded(reason: AssessmentReason): Step {
  const steps: Step[] = [
    PASSED_ASSESSMENT,
    when(marked('assessment-serves'), [
      cite('CN.NDSMR.38'),
      when(OUT_OF_SCOPE, holdUnder('instrument-scope-update', 'CN.NDSMR.38')),
      stop,
    ]),
  ];
  if (reason === 'volume') steps.push(when(CONTRACT_VALID, [VOLUME_QUESTION, stop]));
  if (reason === 'important') steps.push(when(CONTRACT_VALID, stop));
  steps.push(
    holdUnder(
      'security-assessment',
      'CN.CBDF.7',
      'CN.NDSMR.37',
      'CN.PIPL.34',
      'CN.PIPL.36',
      'CN.PIPL.37',
      'CN.PIPL.40',
      'CN.SAM.4',
      'CN.CSL16.37',
      'CN.CSL25.39',
    ),
  );
  if (reason === 'ciio') steps.push(when(CONTRACT_VALID, advise('gba-ciio-unsettled')));
  return block(`assessment needed: ${reason}`, ...steps);
}

const NATIONAL_CONTRACT: readonly Step[] = [
  cite('CN.SCCM.4'),
  when(
    not(done('instrument.effectiveOn')),
    hold('instrument-in-effect', 'CN.SCCM.7'),
    filing('CN.SCCM.7', ['provincial-cac', 'guangdong-cac']),
  ),
  when(is('instrument.templateUnaltered', false), holdUnder('use-template-unaltered', 'CN.SCCM.4')),
  when(OUT_OF_SCOPE, hold('instrument-scope-update', 'CN.SCCM.8')),
];

const CERTIFICATE: readonly Step[] = [
  when(inForce('CN.CERT.8'), cite('CN.CERT.5', 'CN.CERT.8'), cite('CN.CERTR22')),
  choose(
    [all(inForce('CN.CERT.5'), is('counters.split', true)), forbid('volume-split', 'CN.CERT.5')],
    [
      any(not(done('instrument.effectiveOn')), not(STILL_VALID)),
      holdUnder('valid-instrument', 'CN.CERT.8', 'CN.CERTR22', 'CN.PIPL.38'),
    ],
    [OUT_OF_SCOPE, hold('instrument-scope-update', 'CN.CERT.10')],
  ),
];

/** "Contract or certificate needed" of README section 7.3. */
export const CONTRACT_OR_CERTIFICATE: Step = block(
  'contract or certificate needed',
  when(any(CONTRACT_VALID, marked('contract-undetermined')), stop),
  PASSED_ASSESSMENT,
  when(marked('assessment-serves'), [when(OUT_OF_SCOPE, hold('instrument-scope-update', 'CN.NDSMR.38')), stop]),
  choose(
    [all(is('instrument.kind', 'national-scc'), inForce('CN.SCCM.4')), NATIONAL_CONTRACT],
    [all(is('instrument.kind', 'certification'), inForce('CN.CERTR22')), CERTIFICATE],
    [
      all(is('instrument.kind', 'gba-certification'), inForce('GBA.CERT')),
      [escalate('gba-certification-status', 'GBA.CERT'), oblige('legal-review', 'GBA.CERT')],
    ],
    [all(), holdUnder('valid-instrument', 'CN.PIPL.38', 'CN.CBDF.8')],
  ),
);
