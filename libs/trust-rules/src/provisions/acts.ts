import type { ActKind } from '@bayway/domain';
import type { FactPath } from '../facts.js';
import { all, any, at, inChannel, is, not, type Condition } from '../vocabulary.js';
import { AUTHORISED_MO, CONSENT_BASIS, MAINLAND_EXPORTER } from './terms.js';

/** Which separate acts the law asks of a person, and what each of them establishes. */

export type ActLine = Readonly<{
  kind: ActKind;
  when: Condition;
  /** Rules of which one must be cited by the decision. */
  cited: readonly string[];
  rules: readonly string[];
  establishes: readonly FactPath[];
  /** The act is asked for only if the decision is worse without this fact. */
  unlessIdle?: FactPath;
}>;

const ON_MAINLAND_CONSENT = all(MAINLAND_EXPORTER, CONSENT_BASIS);
const FROM_MACAO = at('exporter.place', 'mo');
/** There DPP3 is cited for a Hong Kong exporter or holder; in other channels it is not about consent. */
const TRANSFERS = inChannel('transfer', 'onward-transfer');

/**
 * The acts in the order in which a person meets them. A line applies where its condition holds and one of the `cited`
 * rules is cited by the decision.
 */
export const ACTS: readonly ActLine[] = [
  {
    kind: 'other-handler',
    when: ON_MAINLAND_CONSENT,
    cited: ['CN.PIPL.23'],
    rules: ['CN.PIPL.23'],
    establishes: ['consent.given', 'consent.separate'],
  },
  {
    kind: 'sensitive',
    when: ON_MAINLAND_CONSENT,
    cited: ['CN.PIPL.29'],
    rules: ['CN.PIPL.29', 'CN.PIPL.30'],
    establishes: ['consent.given', 'consent.separate'],
  },
  {
    kind: 'overseas',
    when: any(CONSENT_BASIS, all(is('policy.separateConsent', 'always'), not(is('basis.kind', 'emergency')))),
    cited: ['CN.PIPL.39'],
    rules: ['CN.PIPL.39'],
    establishes: ['consent.given', 'consent.separate'],
  },
  {
    kind: 'written',
    when: ON_MAINLAND_CONSENT,
    cited: ['CN.CRIR.18'],
    rules: ['CN.CRIR.18'],
    establishes: ['consent.given', 'consent.written'],
  },
  {
    kind: 'guardian',
    when: all(),
    cited: ['CN.PIPL.31'],
    rules: ['CN.PIPL.31'],
    establishes: ['consent.guardianGiven'],
  },
  {
    kind: 'direct-marketing',
    when: all(),
    cited: ['HK.P6A.35J'],
    rules: ['HK.P6A.35J', 'HK.P6A.35K'],
    establishes: ['consent.directMarketingWritten'],
  },
  {
    kind: 'prescribed',
    when: all(TRANSFERS, CONSENT_BASIS),
    cited: ['HK.DPP3'],
    rules: ['HK.DPP3'],
    establishes: ['consent.given', 'consent.prescribed'],
  },
  {
    kind: 'prescribed',
    when: not(CONSENT_BASIS),
    cited: ['HK.DPP3', 'HK.MCRA'],
    rules: ['HK.DPP3'],
    establishes: ['consent.prescribed'],
    unlessIdle: 'consent.prescribed',
  },
  {
    kind: 'explicit-transfer',
    when: all(FROM_MACAO, CONSENT_BASIS),
    cited: ['MO.20.1'],
    rules: ['MO.20.1'],
    establishes: ['consent.given', 'consent.explicit'],
  },
  {
    kind: 'mo-sensitive',
    when: all(FROM_MACAO, not(AUTHORISED_MO), not(is('basis.kind', 'legal-duty', 'public-task', 'emergency'))),
    cited: ['MO.7'],
    rules: ['MO.7'],
    establishes: ['consent.explicit'],
  },
  {
    // No law on personal data speaks of it; the organisation agrees by whoever signs for it.
    kind: 'signatory',
    when: all(),
    cited: ['PLAT.SIGNATORY'],
    rules: ['PLAT.SIGNATORY'],
    establishes: ['consent.given'],
  },
  {
    // No consent is needed where no content crosses; but it is her own action, each time.
    kind: 'comparison',
    when: inChannel('verify'),
    cited: ['PLAT.CARRY'],
    rules: ['PLAT.CARRY'],
    establishes: ['verify.subjectInitiated'],
  },
];

/**
 * The plain consent of a system, where nothing more specific is asked for: a single act, by the first rule that is cited.
 * What a person carries or asks for herself rests on no consent.
 */
export const PLAIN_CONSENT: Readonly<{ when: Condition; cited: readonly string[] }> = {
  when: all(TRANSFERS, CONSENT_BASIS),
  cited: ['CN.PIPL.13', 'MO.6', 'CN.CSL16.42'],
};
