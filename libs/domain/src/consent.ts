import { z } from 'zod';

/**
 * One affirmative step the law asks for separately.
 * other-handler PIPL 23 · sensitive PIPL 29 and 30 · overseas PIPL 39 · written Credit Reporting Regulation 18 ·
 * guardian PIPL 31 · prescribed PDPO s 2(3) and DPP 3 · direct-marketing PDPO part 6A · explicit-transfer and
 * mo-sensitive Macao Law 8/2005 articles 20 and 7 · provision: consent to be given at all ·
 * signatory: whoever signs for an organisation agrees for it · comparison: she herself has a record compared that she
 * carries (no law asks for these two; the platform does).
 */
export const ActKind = z.enum([
  'provision',
  'other-handler',
  'sensitive',
  'overseas',
  'written',
  'guardian',
  'prescribed',
  'direct-marketing',
  'explicit-transfer',
  'mo-sensitive',
  'signatory',
  'comparison',
]);
export type ActKind = z.infer<typeof ActKind>;

/** One required act with the rules (ids of the register) that ask for it. */
export const RequiredAct = z.strictObject({ kind: ActKind, rules: z.array(z.string().max(40)).min(1).max(10) });
export type RequiredAct = z.infer<typeof RequiredAct>;

export const Answer = z.enum(['agree', 'refuse']);
export type Answer = z.infer<typeof Answer>;

/**
 * Where a consent stands. `requested`: she has been shown an ask. `deferred`: she decides later. `pending`: after the
 * click. `given`: once the importer's OP redeems the code. `renewed`: given anew before or after the earlier one ended.
 * `paused`: by her, until she resumes it. The rest are ends: `refused` and `withdrawn` by her, `lapsed`, `expired` and
 * `used-up` by themselves, `terminated` by a party, `invalidated` by an authority.
 */
export const ConsentState = z.enum([
  'requested',
  'deferred',
  'pending',
  'given',
  'renewed',
  'paused',
  'refused',
  'lapsed',
  'withdrawn',
  'expired',
  'used-up',
  'terminated',
  'invalidated',
]);
export type ConsentState = z.infer<typeof ConsentState>;

/** States in which a record may be released (ISO/IEC TS 27560, DPV `ConsentStatusValidForProcessing`). */
export const IN_FORCE: readonly ConsentState[] = ['given', 'renewed'];
export const isInForce = (state: ConsentState): boolean => IN_FORCE.includes(state);
