import { DomainError, type ProblemCode } from '@bayway/contracts';
import type { ConsentState } from '@bayway/domain';

/** What the rules need of a consent. Instants are exact; `expiresAt` is the end of its last day in the Bay. */
export type Consent = Readonly<{
  id: string;
  state: ConsentState;
  flowId: string;
  holder: string;
  subjectHandle: string;
  /** What she allowed; of a refusal nothing. */
  items: readonly Readonly<{ id: string }>[];
  uses: number;
  maxUses: number;
  lapsesAt: Date;
  expiresAt: Date;
}>;

/** What a rule changes of a row. */
export type Change = Readonly<{ state?: ConsentState; givenAt?: Date; endedAt?: Date; uses?: number }>;

/** After her click, the importer's side has this long to redeem the code. */
export const PENDING_MS = 10 * 60_000;

/**
 * INVARIANT: no way leads back. A consent is in force in `given` only, and `given` is entered from `pending` only.
 * Expired and used-up ones may still be withdrawn: the recipient then has to stop using what it has (PIPL 15 and 47).
 * The migration holds the same table as a trigger.
 */
export const NEXT: Readonly<Record<ConsentState, readonly ConsentState[]>> = {
  pending: ['given', 'lapsed', 'withdrawn'],
  given: ['withdrawn', 'expired', 'used-up'],
  expired: ['withdrawn'],
  'used-up': ['withdrawn'],
  withdrawn: [],
  refused: [],
  lapsed: [],
};

const PROBLEM: Readonly<Record<Exclude<ConsentState, 'given'>, ProblemCode>> = {
  pending: 'consent-not-given',
  refused: 'consent-not-given',
  lapsed: 'consent-not-given',
  withdrawn: 'consent-withdrawn',
  expired: 'consent-expired',
  'used-up': 'consent-used-up',
};

const refusal = (consent: Consent, code: ProblemCode): DomainError => new DomainError(code, { consentId: consent.id });

/**
 * Passes when the consent is in force at `at`: given, and its last day not over.
 * @throws DomainError naming why not
 */
export function assertInForce(consent: Consent, at: Date): void {
  if (consent.state !== 'given') throw refusal(consent, PROBLEM[consent.state]);
  if (at >= consent.expiresAt) throw refusal(consent, 'consent-expired');
}

/**
 * The importer's side redeemed the code. Told again, nothing changes (null).
 * @throws DomainError when the consent has lapsed or ended, or belongs to another flow
 */
export function activate(consent: Consent, flowId: string, at: Date): Change | null {
  if (consent.flowId !== flowId) throw refusal(consent, 'consent-mismatch');
  if (consent.state === 'given') return null;
  if (consent.state !== 'pending') throw refusal(consent, PROBLEM[consent.state]);
  if (at >= consent.lapsesAt) throw refusal(consent, 'consent-not-given');
  if (at >= consent.expiresAt) throw refusal(consent, 'consent-expired');
  return { state: 'given', givenAt: at };
}

/** She takes it back. @throws DomainError when she already did, or when there is nothing to take back */
export function withdraw(consent: Consent, at: Date): Change {
  if (consent.state === 'withdrawn') throw refusal(consent, 'consent-already-withdrawn');
  if (!NEXT[consent.state].includes('withdrawn')) throw refusal(consent, PROBLEM[consent.state as 'refused']);
  return { state: 'withdrawn', endedAt: at };
}

/** What time alone does: a click nobody redeemed lapses, a consent past its last day expires. Null when nothing is due. */
export function passTime(consent: Consent, at: Date): Change | null {
  if (consent.state === 'pending' && at >= consent.lapsesAt) return { state: 'lapsed', endedAt: at };
  if (consent.state === 'given' && at >= consent.expiresAt) return { state: 'expired', endedAt: at };
  return null;
}

/** Counts one more use. @throws DomainError when not in force, or when every use is taken */
export function countUse(consent: Consent, at: Date): Change {
  assertInForce(consent, at);
  if (consent.uses >= consent.maxUses) throw refusal(consent, 'consent-used-up');
  return { uses: consent.uses + 1 };
}

/** Once the last use has been released the consent is used up. Null before that, and after it ended otherwise. */
export function finishUses(consent: Consent, released: number, at: Date): Change | null {
  return consent.state === 'given' && released >= consent.maxUses ? { state: 'used-up', endedAt: at } : null;
}
