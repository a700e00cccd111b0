import {
  all,
  asOf,
  at,
  before,
  cite,
  choose,
  escalate,
  fact,
  inForce,
  hold,
  is,
  known,
  must,
  not,
  notAfter,
  oblige,
  stop,
  unknown,
  when,
  type Day,
  type Step,
} from '../vocabulary.js';
import { FREE_REPORT, MACAO_PLATFORM } from './carry.js';

/** README section 18: the person exercises a right; the holder asked is `exporter`. */

const ACCESS = is('request.kind', 'access');
const CORRECTION = is('request.kind', 'correction');
const ERASURE = is('request.kind', 'erasure');
const FREE = is('request.kind', 'free-credit-report');
const DISPUTE = is('request.kind', 'credit-dispute');

const identity = (rule: string): Step => must('request.identityVerified', hold('identity-proof', rule));

/** The holder answers within so many calendar days of receipt; a late answer is noted, it does not refuse. */
function deadline(days: number, rule: string): Step {
  const due = fact('request.receivedOn', { days });
  const answered: Day = { fact: 'request.answeredOn', orElse: asOf };
  return when(not(known('request.receivedOn')), unknown('request.receivedOn'), [
    oblige('comply-by', rule, due),
    when(before(due, answered), oblige('breach-late-answer', rule)),
  ]);
}

const askRetention = when(not(known('request.retentionLaw')), unknown('request.retentionLaw'));

const NOTIFY_THIRD_PARTY: Step = when(
  all(
    notAfter({ asOf: true, plus: { months: -12 } }, fact('request.thirdPartyDisclosedOn')),
    not(is('request.thirdPartyStoppedUsing', true)),
  ),
  [
    oblige('send-correction-to-third-party', 'HK.S23'),
    choose(
      [at('request.thirdPartyPlace', 'mainland'), oblige('third-party-verify-and-correct', 'CN.PIPL.46')],
      [at('request.thirdPartyPlace', 'mo'), oblige('third-party-verify-and-correct', 'MO.11')],
    ),
  ],
);

const HK_ERASURE: readonly Step[] = [
  cite('HK.S26'),
  identity('HK.S20'),
  askRetention,
  choose(
    [is('request.retentionLaw', 'none'), oblige('erase-data', 'HK.S26')],
    [
      is('request.retentionLaw', 'holder-law'),
      [oblige('restrict-to-storage', 'HK.S26'), oblige('reply-with-reason', 'HK.S26')],
    ],
    [
      is('request.retentionLaw', 'cn-aml', 'other-place-law'),
      [escalate('hk-s26-other-place-law', 'HK.S26'), oblige('legal-review', 'HK.S26')],
    ],
  ),
];

export const HONG_KONG_RIGHTS: readonly Step[] = [
  choose(
    [
      ACCESS,
      [
        cite('HK.S18', 'HK.S19', 'HK.S20'),
        identity('HK.S20'),
        deadline(40, 'HK.S19'),
        oblige('fee-not-excessive', 'HK.S28'),
      ],
    ],
    [CORRECTION, [identity('HK.S20'), deadline(40, 'HK.S23'), oblige('correct-data', 'HK.S23'), NOTIFY_THIRD_PARTY]],
    [ERASURE, HK_ERASURE],
    [FREE, [cite('HK.S18'), identity('HK.S20'), FREE_REPORT]],
    [DISPUTE, oblige('answer-in-time', 'HK.S18')],
  ),
];

/** Customer records under anti-money laundering law: stored until so many years after the relationship ended. */
const amlRetention = (rule: string, years: number): readonly Step[] => {
  const until = fact('request.relationshipEndedOn', { years });
  return [
    cite(rule),
    when(
      notAfter(asOf, until),
      [oblige('restrict-to-storage', rule, until), oblige('reply-with-reason', 'CN.PIPL.50')],
      oblige('erase-data', 'CN.PIPL.47'),
    ),
  ];
};

const MAINLAND_ERASURE: readonly Step[] = [
  cite('CN.PIPL.47'),
  askRetention,
  choose(
    [
      is('request.retentionLaw', 'cn-aml'),
      [
        when(not(known('request.relationshipEndedOn')), [unknown('request.relationshipEndedOn'), stop]),
        when(inForce('CN.AML.34'), amlRetention('CN.AML.34', 10)),
        when(inForce('CN.AML06.19'), amlRetention('CN.AML06.19', 5)),
      ],
    ],
    [
      is('request.retentionLaw', 'holder-law'),
      [oblige('restrict-to-storage', 'CN.PIPL.47'), oblige('reply-with-reason', 'CN.PIPL.50')],
    ],
    [is('request.retentionLaw', 'none', 'other-place-law'), oblige('erase-data', 'CN.PIPL.47')],
  ),
];

export const MAINLAND_RIGHTS: readonly Step[] = [
  oblige('answer-in-time', 'CN.PIPL.50'),
  identity('CN.PIPL.50'),
  choose(
    [ACCESS, cite('CN.PIPL.45')],
    [CORRECTION, oblige('correct-data', 'CN.PIPL.46')],
    [ERASURE, MAINLAND_ERASURE],
    [FREE, FREE_REPORT],
    [DISPUTE, [cite('CN.CRIR.25'), deadline(20, 'CN.CRIR.25')]],
  ),
];

export const MACAO_RIGHTS: readonly Step[] = [
  identity('MO.11'),
  oblige('answer-in-time', 'MO.11'),
  choose(
    [CORRECTION, oblige('correct-data', 'MO.11')],
    [
      ERASURE,
      [
        askRetention,
        choose(
          [
            is('request.retentionLaw', 'holder-law'),
            [oblige('restrict-to-storage', 'MO.11'), oblige('reply-with-reason', 'MO.11')],
          ],
          [known('request.retentionLaw'), oblige('erase-data', 'MO.11')],
        ),
      ],
    ],
    [all(FREE, is('exporter.kind', 'macao-credit-platform')), MACAO_PLATFORM],
  ),
];
