import type { consentFacts } from '@bayway/contracts';
import { type ActKind, bayDay } from '@bayway/domain';
import type { z } from 'zod';
import { passTime } from './consent.js';
import type { ConsentEntity } from './consent.entity.js';

type ConsentFacts = z.infer<typeof consentFacts.answer>;

/** Acts that count as separate consent under PIPL 23, 29 and 39. */
const SEPARATE: readonly ActKind[] = ['other-handler', 'sensitive', 'overseas'];
/** Acts that are explicit consent under Macao Law 8/2005, articles 7 and 20. */
const EXPLICIT: readonly ActKind[] = ['explicit-transfer', 'mo-sensitive'];

/**
 * What the rules are told before a release, as it is at `at`.
 * @param agreed the acts she agreed to
 * @param countedAs the name that `CountingKeys` gives her
 */
export function factsOf(
  consent: ConsentEntity,
  { agreed, countedAs, at }: { agreed: readonly ActKind[]; countedAs: string; at: Date },
): ConsentFacts {
  const { detail, subjectFacts } = consent;
  const state = passTime(consent, at)?.state ?? consent.state;
  const given = consent.givenAt !== null;
  const has = (...kinds: readonly ActKind[]): boolean => given && kinds.some((kind) => agreed.includes(kind));
  return {
    state,
    detail,
    items: consent.items.map((item) => item.id),
    subject: subjectFacts,
    countedAs,
    consent: {
      given,
      separate: has(...SEPARATE),
      written: has('written'),
      explicit: has(...EXPLICIT),
      prescribed: has('prescribed'),
      ...(consent.subjectKind === 'person' ? { guardianGiven: has('guardian') } : {}),
      expiresOn: detail.valid_until,
      ...(state === 'withdrawn' && consent.endedAt ? { withdrawnOn: bayDay(consent.endedAt) } : {}),
    },
    // Every notice names the recipient (PDPO DPP 1(3)) and holds the six items of PIPL 39; no ask goes out without it.
    notice: { given: true, crossBorderItems: true, transfereeClass: true },
  };
}
