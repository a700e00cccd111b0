import assert from 'node:assert/strict';
import type { ProblemCode, RequestStep } from '@bayway/contracts';
import { LONGEST_LIFE_MS, USUAL_LIFE_MS } from '../data-requests/data-request.js';

export type IncomingState = 'arrived' | 'assessed' | Outcome;

/** How a request may end on this side. */
export type Outcome = 'released' | 'refused' | 'failed' | 'expired' | 'cancelled';

/** The state machine: where a request may go from each state. Nothing else can happen to it. */
export const NEXT: Readonly<Record<IncomingState, readonly IncomingState[]>> = {
  // Released from `arrived`: the connector's own word came before this broker knew what another instance did.
  arrived: ['assessed', 'released', 'refused', 'failed', 'expired', 'cancelled'],
  assessed: ['released', 'refused', 'failed', 'expired', 'cancelled'],
  released: [],
  refused: [],
  failed: [],
  expired: [],
  cancelled: [],
};

type Steps = Readonly<{ state: IncomingState; history: readonly RequestStep[] }>;

/** One step along the table, written down with its reason. */
export function step(
  { state: from, history }: Steps,
  state: IncomingState,
  { at, reason = null }: { at: Date; reason?: string | null },
): Steps {
  assert(NEXT[from].includes(state), `a request never goes from ${from} to ${state}`);
  return { state, history: [...history, { state, reason, at: at.toISOString() }] };
}

/** Most steps that are kept of one request. */
const STEPS = 60;

/** The steps of a request that ran into a passing trouble: written down when it is another one than before. */
export function stepsOnDelay({ state, history }: Steps, reason: string, at: Date): readonly RequestStep[] {
  if (history.at(-1)?.reason === reason || history.length >= STEPS) return history;
  return [...history, { state, reason, at: at.toISOString() }];
}

/** When a request expires on this side: when the importer gives it up, within what any request may live. */
export function deadlineOf(theirs: string | undefined, at: Date): Date {
  const longest = at.getTime() + LONGEST_LIFE_MS;
  return new Date(Math.min(longest, theirs === undefined ? at.getTime() + USUAL_LIFE_MS : Date.parse(theirs)));
}

/**
 * A person whose request failed because the holder fell silent stays counted for this long: more than a connector needs to
 * say, once it is back, that it released all the same. Said even later, she is counted again.
 */
export const RESERVATION_LIFE_MS = 3_600_000;

/**
 * An importer's assessment that is older has been on its way for too long. A border that was down for an hour does not
 * lose what was acknowledged before.
 */
export const ASSESSMENT_LIFE_MS = 2 * 3_600_000;

/** Passing troubles: the same step may succeed a moment later. */
const PASSING: readonly ProblemCode[] = [
  'service-unavailable',
  'border-unreachable',
  'answer-invalid',
  'holder-unreachable',
  'permit-expired',
  'signer-unknown',
];

/** Whether a step is tried again after this problem. */
export const isPassing = (code: ProblemCode): boolean => PASSING.includes(code);

/** What the holder's side says no to on grounds of law or consent; anything else that ends a request is a failure. */
const REFUSALS = /^(consent|request|participant|dataset|item|mode|recipient-key|level|transit)-/;

export const outcomeOf = (code: ProblemCode): 'refused' | 'failed' | 'expired' => {
  if (code === 'data-request-expired') return 'expired';
  return REFUSALS.test(code) ? 'refused' : 'failed';
};

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 30_000;

/** How long to wait before the next try: doubling, with jitter. @param chance 0 to 1 */
export const waitMs = (attempts: number, chance: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts, 10)) * (0.75 + chance / 2);

/** What a try that ran into a problem leads to: another one later, at the deadline the last, or the end. */
export function afterProblem(
  request: { attempts: number; deadlineAt: Date },
  code: ProblemCode,
  at: Date,
): { again: Date } | { end: 'refused' | 'failed' | 'expired' } {
  if (!isPassing(code)) return { end: outcomeOf(code) };
  if (at >= request.deadlineAt) return { end: 'expired' };
  const again = at.getTime() + waitMs(request.attempts, Math.random());
  return { again: new Date(Math.min(again, request.deadlineAt.getTime())) };
}
