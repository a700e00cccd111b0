import {
  DomainError,
  type DataRequestState,
  type ProblemCode,
  type Refusal,
  type ReleaseSummary,
} from '@bayway/contracts';
import { isInForce, type ConsentState } from '@bayway/domain';

/** A request as the importer's broker follows it. */
export type DataRequest = Readonly<{
  state: DataRequestState;
  release: ReleaseSummary | null;
  receipt: string | null;
  settledAt: Date | null;
  deliveredAt: Date | null;
}>;

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
  }
>;

/** The other side has answered. Only a request that waits takes it; one that ended meanwhile stays ended. */
export function settle(request: DataRequest, settlement: Settlement, at: Date): Change {
  if (request.state !== 'sent') return {};
  const { outcome, assessment } = settlement;
  const settled = { settledAt: at, exporterAssessment: assessment };
  if (outcome === 'released') return { state: 'ready', release: settlement.release, ...settled };
  return { state: outcome, problem: settlement.problem, refusal: settlement.refusal, ...settled };
}

/** The record went out to the recipient for the first time. It is served again to the same key until it is receipted. */
export const deliver = (request: DataRequest, at: Date): Change =>
  request.state === 'ready' ? { state: 'delivered', deliveredAt: at } : {};

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
  return { state: 'receipted', receipt, receiptedAt: at };
}

/**
 * The consent ended. After a withdrawal, or once an authority declared it invalid, nothing more is served under it; a release that started before it expired or was
 * used up is still served. What was settled otherwise, or receipted, stays as it is.
 */
export function end(request: DataRequest, consent: ConsentState, at: Date): Change {
  const cutsOff = consent === 'withdrawn' || consent === 'invalidated';
  if (!cutsOff || !['sent', 'ready', 'delivered'].includes(request.state)) return {};
  return { state: 'ended', problem: `consent-${consent}`, settledAt: request.settledAt ?? at };
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
