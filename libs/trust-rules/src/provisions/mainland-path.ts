import {
  all,
  any,
  at,
  atLeast,
  block,
  cite,
  escalate,
  inForce,
  is,
  known,
  mark,
  marked,
  not,
  oblige,
  stop,
  unknown,
  when,
  type Condition,
  type Step,
} from '../vocabulary.js';
import { assessmentNeeded, CONTRACT_OR_CERTIFICATE, OPERATOR_RULES } from './mainland-mechanism.js';
import { PROVISIONS_APPLY, SENSITIVE } from './terms.js';

/** README section 7.3: which mechanism an export of personal data needs. The first line that decides ends it. */

const IMPORTANT: Step = when(is('data.importantData', 'declared'), [
  cite('CN.PIPL.38', 'CN.CBDF.7', 'CN.NDSMR.37'),
  when(not(PROVISIONS_APPLY), cite('CN.SAM.4')),
  assessmentNeeded('important'),
  stop,
]);

const STATE: Step = when(is('exporter.kind', 'state-organ', 'public-affairs-body'), [
  cite('CN.PIPL.36'),
  when(is('exporter.kind', 'state-organ'), cite('CN.PIPL.34'), cite('CN.PIPL.37')),
  assessmentNeeded('state'),
  stop,
]);

/** Data collected outside and sent out again. */
const TRANSIT: Step = when(all(known('data.collectedIn'), not(at('data.collectedIn', 'mainland'))), [
  when(is('data.mainlandDataAdded', false), [cite('CN.CBDF.10'), oblige('prove-no-mainland-data', 'CN.CBDF.4'), stop]),
  when(not(known('data.mainlandDataAdded')), unknown('data.mainlandDataAdded')),
]);

/** The exemption is made out: the export is not counted. */
const exempt = (rule: string): readonly Step[] => [oblige('not-counted', rule), mark('exempt')];

/** No mechanism; whether an infrastructure operator may use the exemption is unsettled. */
const EXEMPT: Step = when(marked('exempt'), [
  cite('CN.CBDF.10', 'CN.NDSMR.35'),
  when(not(known('exporter.ciio')), unknown('exporter.ciio')),
  when(all(is('exporter.ciio', true), is('policy.ciioExemption', 'escalate')), [
    escalate('ciio-exemption', 'CN.CBDF.7'),
    OPERATOR_RULES,
    oblige('legal-review', 'CN.CBDF.7'),
  ]),
  stop,
]);

const exemption = (basis: Condition, rule: string, whenNecessary: readonly Step[] = exempt(rule)): Step =>
  when(basis, [
    cite(rule),
    when(not(known('basis.necessary')), [unknown('basis.necessary'), stop]),
    when(is('basis.necessary', true), whenNecessary),
  ]);

const EXEMPTIONS: readonly Step[] = [
  exemption(is('basis.kind', 'contract'), 'CN.CBDF.5.1.1'),
  exemption(is('basis.kind', 'hr'), 'CN.CBDF.5.1.2', [
    when(not(known('basis.labourRules')), [unknown('basis.labourRules'), stop]),
    when(is('basis.labourRules', true), exempt('CN.CBDF.5.1.2')),
  ]),
  exemption(is('basis.kind', 'emergency'), 'CN.CBDF.5.1.3'),
  exemption(all(is('basis.kind', 'legal-duty'), inForce('CN.NDSMR.35')), 'CN.NDSMR.35'),
  EXEMPT,
];

const FREE_TRADE_ZONE: Step = when(not(is('exporter.freeTradeZone', 'none')), [
  cite('CN.CBDF.6'),
  when(is('exporter.negativeListInForce', true), [
    when(not(known('exporter.onNegativeList')), [unknown('exporter.onNegativeList'), stop]),
    when(is('exporter.onNegativeList', false), [cite('CN.CBDF.10'), stop]),
  ]),
  when(not(known('exporter.negativeListInForce')), unknown('exporter.negativeListInForce')),
]);

const OPERATOR: readonly Step[] = [
  when(not(known('exporter.ciio')), [unknown('exporter.ciio'), stop]),
  when(is('exporter.ciio', true), [
    cite('CN.PIPL.38', 'CN.CBDF.7'),
    when(not(PROVISIONS_APPLY), cite('CN.SAM.4')),
    OPERATOR_RULES,
    assessmentNeeded('ciio'),
    stop,
  ]),
];

const COUNTERS_KNOWN: readonly Step[] = [
  when(not(known('counters.general')), unknown('counters.general')),
  when(not(known('counters.sensitive')), unknown('counters.sensitive')),
  when(any(not(known('counters.general')), not(known('counters.sensitive'))), stop),
];

const ASSESSMENT_FOR_VOLUME = assessmentNeeded('volume');

/** Thresholds of 2022: there was no exemption for small volumes. */
const BEFORE_PROVISIONS: Step = when(not(PROVISIONS_APPLY), [
  cite('CN.PIPL.38'),
  when(
    all(inForce('CN.SAM.4'), any(atLeast('counters.general', 100_000), atLeast('counters.sensitive', 10_000))),
    [cite('CN.PIPL.40', 'CN.SAM.4'), ASSESSMENT_FOR_VOLUME],
    CONTRACT_OR_CERTIFICATE,
  ),
  stop,
]);

/** People in a year (CBDF 7, 8): from the first on a contract or certificate is needed, from the last on a security assessment. */
export const VOLUME_THRESHOLDS = { general: [100_000, 1_000_000], sensitive: [10_000] } as const;
const [CONTRACT_FROM, ASSESSMENT_FROM] = VOLUME_THRESHOLDS.general;
const [SENSITIVE_FROM] = VOLUME_THRESHOLDS.sensitive;

/** Thresholds of the Provisions, counted since 1 January. */
const VOLUMES: readonly Step[] = [
  when(any(atLeast('counters.general', ASSESSMENT_FROM), atLeast('counters.sensitive', SENSITIVE_FROM)), [
    cite('CN.PIPL.38', 'CN.PIPL.40', 'CN.CBDF.7'),
    ASSESSMENT_FOR_VOLUME,
    stop,
  ]),
  when(any(atLeast('counters.general', CONTRACT_FROM), atLeast('counters.sensitive', 1), SENSITIVE), [
    cite('CN.PIPL.38', 'CN.CBDF.8'),
    CONTRACT_OR_CERTIFICATE,
    stop,
  ]),
  cite('CN.CBDF.5.1.4', 'CN.CBDF.10'),
];

export const EXPORT_PATH: Step = block(
  'export path',
  IMPORTANT,
  STATE,
  when(PROVISIONS_APPLY, [
    when(not(known('data.importantData')), oblige('identify-important-data', 'CN.CBDF.2')),
    TRANSIT,
    ...EXEMPTIONS,
    FREE_TRADE_ZONE,
  ]),
  ...OPERATOR,
  ...COUNTERS_KNOWN,
  BEFORE_PROVISIONS,
  ...VOLUMES,
);
