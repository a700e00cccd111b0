import { DomainError, type ProblemCode } from '@bayway/contracts';
import { isInForce, type ConsentState, type Frequency } from '@bayway/domain';

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
  givenAt: Date | null;
  /** The earlier consent that this one renews. */
  renews: string | null;
}>;

/** What a rule changes of a row. */
export type Change = Readonly<{ state?: ConsentState; givenAt?: Date; endedAt?: Date; uses?: number }>;

/** After her click, the importer's side has this long to redeem the code. */
export const PENDING_MS = 10 * 60_000;

const FROM_FORCE = ['paused', 'withdrawn', 'expired', 'used-up', 'terminated', 'invalidated'] as const;

/**
 * INVARIANT: no way leads back from an end. A consent is in force in `given` and `renewed` only; each is entered from
 * `pending`, and again from `paused`, which is no end. What ended by itself or by a party may still be withdrawn: the
 * recipient then has to stop using what it has (PIPL 15 and 47). The first two states are an ask's (`asks/`).
 * The migration holds the same table as a trigger, and a spec compares the two.
 */
export const NEXT: Readonly<Record<ConsentState, readonly ConsentState[]>> = {
  requested: ['deferred', 'pending', 'refused'],
  deferred: ['pending', 'refused'],
  pending: ['given', 'renewed', 'lapsed', 'withdrawn'],
  given: FROM_FORCE,
  renewed: FROM_FORCE,
  paused: ['given', 'renewed', 'withdrawn', 'expired', 'terminated', 'invalidated'],
  expired: ['withdrawn'],
  'used-up': ['withdrawn'],
  terminated: ['withdrawn'],
  withdrawn: [],
  refused: [],
  lapsed: [],
  invalidated: [],
};

const PROBLEM: Readonly<Record<Exclude<ConsentState, 'given' | 'renewed'>, ProblemCode>> = {
  requested: 'consent-not-given',
  deferred: 'consent-not-given',
  pending: 'consent-not-given',
  refused: 'consent-not-given',
  lapsed: 'consent-not-given',
  paused: 'consent-paused',
  withdrawn: 'consent-withdrawn',
  expired: 'consent-expired',
  'used-up': 'consent-used-up',
  terminated: 'consent-terminated',
  invalidated: 'consent-invalidated',
};

const refusal = (consent: Consent, code: ProblemCode): DomainError => new DomainError(code, { consentId: consent.id });
const problemOf = (consent: Consent): DomainError => refusal(consent, PROBLEM[consent.state as 'pending']);
/** The state a consent is in force in. */
const inForceAs = (consent: Consent): 'given' | 'renewed' => (consent.renews === null ? 'given' : 'renewed');

/**
 * Passes when the consent is in force at `at`: given or renewed, and its last day not over.
 * @throws DomainError naming why not
 */
export function assertInForce(consent: Consent, at: Date): void {
  if (!isInForce(consent.state)) throw problemOf(consent);
  if (at >= consent.expiresAt) throw refusal(consent, 'consent-expired');
}

/**
 * The importer's side redeemed the code. Told again, nothing changes (null).
 * @throws DomainError when the consent has lapsed or ended, or belongs to another flow
 */
export function activate(consent: Consent, flowId: string, at: Date): Change | null {
  if (consent.flowId !== flowId) throw refusal(consent, 'consent-mismatch');
  if (isInForce(consent.state)) return null;
  if (consent.state !== 'pending') throw problemOf(consent);
  if (at >= consent.lapsesAt) throw refusal(consent, 'consent-not-given');
  if (at >= consent.expiresAt) throw refusal(consent, 'consent-expired');
  return { state: inForceAs(consent), givenAt: at };
}

/** She takes it back. @throws DomainError when she already did, or when there is nothing to take back */
export function withdraw(consent: Consent, at: Date): Change {
  if (consent.state === 'withdrawn') throw refusal(consent, 'consent-already-withdrawn');
  if (!NEXT[consent.state].includes('withdrawn')) throw problemOf(consent);
  return { state: 'withdrawn', endedAt: at };
}

/** She stops it for a while: nothing is released until she resumes it. @throws DomainError when it is not in force */
export function pause(consent: Consent, at: Date): Change {
  assertInForce(consent, at);
  return { state: 'paused' };
}

/** She lets it go on. Its last day has not moved. @throws DomainError when it is not paused, or over meanwhile */
export function resume(consent: Consent, at: Date): Change {
  if (isInForce(consent.state)) throw refusal(consent, 'consent-not-paused');
  if (consent.state !== 'paused') throw problemOf(consent);
  if (at >= consent.expiresAt) throw refusal(consent, 'consent-expired');
  return { state: inForceAs(consent) };
}

/**
 * Somebody else than she ends it: a party (`terminated`, DPV ConsentTerminated) or an authority (`invalidated`).
 * @throws DomainError when it has ended, or has not begun
 */
export function endBy(consent: Consent, state: 'terminated' | 'invalidated', at: Date): Change {
  if (!NEXT[consent.state].includes(state)) throw problemOf(consent);
  return { state, endedAt: at };
}

/** What time alone does: a click nobody redeemed lapses, a consent past its last day expires. Null when nothing is due. */
export function passTime(consent: Consent, at: Date): Change | null {
  if (consent.state === 'pending' && at >= consent.lapsesAt) return { state: 'lapsed', endedAt: at };
  const mayExpire = isInForce(consent.state) || consent.state === 'paused';
  return mayExpire && at >= consent.expiresAt ? { state: 'expired', endedAt: at } : null;
}

/** How often a consent may be used in the present period, and how often it has been. */
export type Period = Readonly<{ frequency: Frequency; used: number }>;

/** Counts one more use. @throws DomainError when not in force, or when every use is taken, of all or of this period */
export function countUse(consent: Consent, at: Date, period: Period | null = null): Change {
  assertInForce(consent, at);
  if (consent.uses >= consent.maxUses) throw refusal(consent, 'consent-used-up');
  if (period && period.used >= period.frequency.uses) throw refusal(consent, 'consent-frequency-exceeded');
  return { uses: consent.uses + 1 };
}

/** Once the last use has been released the consent is used up. Null before that, and after it ended otherwise. */
export function finishUses(consent: Consent, released: number, at: Date): Change | null {
  return isInForce(consent.state) && released >= consent.maxUses ? { state: 'used-up', endedAt: at } : null;
}
