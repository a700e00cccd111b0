import assert from 'node:assert/strict';
import {
  DomainError,
  type DataRequestState,
  type Delay,
  type ProblemCode,
  type Refusal,
  type ReleaseSummary,
  type RequestStep,
} from '@bayway/contracts';
import { isInForce, type ConsentState } from '@bayway/domain';

/** A request as the importer's broker follows it. */
export type DataRequest = Readonly<{
  state: DataRequestState;
  release: ReleaseSummary | null;
  receipt: string | null;
  settledAt: Date | null;
  deliveredAt: Date | null;
  history: readonly RequestStep[];
}>;

/** The state machine: where a request may go from each state. Nothing else can happen to it. */
export const NEXT: Readonly<Record<DataRequestState, readonly DataRequestState[]>> = {
  sent: ['ready', 'refused', 'failed', 'expired', 'cancelled', 'ended'],
  ready: ['delivered', 'receipted', 'ended'],
  delivered: ['receipted', 'ended'],
  // What was read before the consent ended may still be signed for.
  ended: ['receipted'],
  receipted: [],
  refused: [],
  failed: [],
  expired: [],
  cancelled: [],
};

/** States in which nothing more is to be told about a request. */
export const isOver = (state: DataRequestState): boolean => NEXT[state].length === 0 || state === 'ended';

/** A partner without a wish waits this long: more than a border or a holder that is down for an hour. */
export const USUAL_LIFE_MS = 90 * 60_000;

/** Less than an assessment lives on its way. */
export const LONGEST_LIFE_MS = 110 * 60_000;

/**
 * When a request expires: at the partner's own wish, within what any request may live.
 * @throws DomainError `request-invalid` for a deadline that is over, or beyond that
 */
export function deadlineOf(wish: string | undefined, at: Date): Date {
  if (wish === undefined) return new Date(at.getTime() + USUAL_LIFE_MS);
  const lifeMs = Date.parse(wish) - at.getTime();
  if (lifeMs > 0 && lifeMs <= LONGEST_LIFE_MS) return new Date(wish);
  const detail = `lies within the next ${LONGEST_LIFE_MS / 60_000} minutes`;
  throw new DomainError('request-invalid', { errors: [{ pointer: '#/deadline', detail }] });
}

/** Most steps that are kept of one request: all that lead on, and the first ones of those that only wait. */
const STEPS = 60;

/** What became of a request on the holder's side, verified. */
export type Settlement =
  | Readonly<{ outcome: 'released'; release: ReleaseSummary; assessment: string }>
  | Readonly<{ outcome: 'refused' | 'failed'; problem: string; refusal: Refusal | null; assessment: string | null }>;

/** Columns to change; empty when the request stays as it is. */
export type Change = Partial<
  DataRequest & {
    problem: string;
    refusal: Refusal | null;
    exporterAssessment: string | null;
    receiptedAt: Date;
    waiting: Delay | null;
  }
>;

/** One step along the table, written down with its reason. */
function step(
  request: DataRequest,
  state: DataRequestState,
  { at, reason = null }: { at: Date; reason?: string | null },
) {
  assert(NEXT[request.state].includes(state), `a request never goes from ${request.state} to ${state}`);
  return { state, history: [...request.history, { state, reason, at: at.toISOString() }] };
}

/** The other side has answered. Only a request that waits takes it; one that ended meanwhile stays ended. */
export function settle(request: DataRequest, settlement: Settlement, at: Date): Change {
  if (request.state !== 'sent') return {};
  const { outcome, assessment } = settlement;
  const settled = { settledAt: at, exporterAssessment: assessment, waiting: null };
  if (outcome === 'released') return { ...step(request, 'ready', { at }), release: settlement.release, ...settled };
  const { problem, refusal } = settlement;
  const state = problem === 'data-request-expired' ? 'expired' : outcome;
  return { ...step(request, state, { at, reason: problem }), problem, refusal, ...settled };
}

/** The other side says that it does not get on. The step is written down when the reason is a new one. */
export function delay(request: DataRequest & { waiting: Delay | null }, waiting: Delay, at: Date): Change {
  if (request.state !== 'sent') return {};
  const { reason } = waiting;
  if (request.waiting?.reason === reason || request.history.length >= STEPS) return { waiting };
  return { waiting, history: [...request.history, { state: 'sent', reason, at: at.toISOString() }] };
}

/** Its time is over, and the other side has not answered. */
export function expire(request: DataRequest, at: Date): Change {
  if (request.state !== 'sent') return {};
  const problem = 'data-request-expired';
  return { ...step(request, 'expired', { at, reason: problem }), problem, settledAt: at, waiting: null };
}

/**
 * Its recipient takes it back, before a release. Again changes nothing.
 * @throws DomainError `data-request-not-cancellable` with the state it is in
 */
export function cancel(request: DataRequest, at: Date): Change {
  if (request.state === 'cancelled') return {};
  const { state, release } = request;
  if (state !== 'sent')
    throw new DomainError('data-request-not-cancellable', { state, reason: release ? 'released' : 'settled' });
  const problem = 'data-request-cancelled';
  return { ...step(request, 'cancelled', { at, reason: problem }), problem, settledAt: at, waiting: null };
}

/** The record went out to the recipient for the first time. It is served again to the same key until it is receipted. */
export const deliver = (request: DataRequest, at: Date): Change =>
  request.state === 'ready' ? { ...step(request, 'delivered', { at }), deliveredAt: at } : {};

/**
 * The recipient signed for the record, also for one that it read before the consent ended. The same receipt again
 * changes nothing.
 * @throws DomainError `data-request-not-ready`, `data-request-ended`, `receipt-invalid` for a second, other receipt
 */
export function acceptReceipt(request: DataRequest, receipt: string, at: Date): Change {
  if (request.state === 'receipted') {
    if (request.receipt !== receipt) throw new DomainError('receipt-invalid');
    return {};
  }
  const wasRead = request.state === 'ready' || request.deliveredAt !== null;
  if (!wasRead) throw notReadable(request);
  return { ...step(request, 'receipted', { at }), receipt, receiptedAt: at };
}

/**
 * The consent ended. After a withdrawal, or once an authority declared it invalid, nothing more is served under it; a
 * release that started before it expired or was used up is still served. What was settled otherwise, or receipted, stays.
 */
export function end(request: DataRequest, consent: ConsentState, at: Date): Change {
  const cutsOff = consent === 'withdrawn' || consent === 'invalidated';
  if (!cutsOff || !['sent', 'ready', 'delivered'].includes(request.state)) return {};
  const problem = `consent-${consent}`;
  const ended = { problem, settledAt: request.settledAt ?? at, waiting: null };
  return { ...step(request, 'ended', { at, reason: problem }), ...ended };
}

/** The problem that a request meets under a consent in this state, or null when the consent is in force. */
export function problemOfConsent(state: ConsentState): ProblemCode | null {
  if (isInForce(state)) return null;
  return NAMED.has(state) ? (`consent-${state}` as ProblemCode) : 'consent-not-given';
}

/** States with a problem of their own. */
const NAMED: ReadonlySet<ConsentState> = new Set([
  'paused',
  'withdrawn',
  'expired',
  'used-up',
  'terminated',
  'invalidated',
]);

/** Where a request stands at a moment: a record that nobody fetched in time is no longer there. */
export function stateAt({ state, release }: Pick<DataRequest, 'state' | 'release'>, at: Date): DataRequestState {
  const served = state === 'ready' || state === 'delivered';
  return served && release && Date.parse(release.availableUntil) <= at.getTime() ? 'ended' : state;
}

/** The release whose record may be read now. @throws DomainError `data-request-not-ready`, `data-request-ended` */
export function readable(request: DataRequest, at: Date): ReleaseSummary {
  const state = stateAt(request, at);
  if (!request.release || (state !== 'ready' && state !== 'delivered')) throw notReadable(request);
  return request.release;
}

const notReadable = ({ state }: DataRequest): DomainError =>
  new DomainError(state === 'sent' ? 'data-request-not-ready' : 'data-request-ended', { state });
