import type { ProblemCode } from '@bayway/contracts';

export type IncomingState = 'arrived' | 'assessed' | 'released' | 'refused' | 'failed';

/** A request that has no end after this long fails: its recipient is waiting. */
export const DEADLINE_MS = 120_000;

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

export const outcomeOf = (code: ProblemCode): 'refused' | 'failed' => (REFUSALS.test(code) ? 'refused' : 'failed');

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;

/** How long to wait before the next try: doubling, with jitter. @param chance 0 to 1 */
export const waitMs = (attempts: number, chance: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts, 10)) * (0.75 + chance / 2);

/** What a try that ran into a problem leads to: another one later, or the end. */
export function afterProblem(
  request: { attempts: number; deadlineAt: Date },
  code: ProblemCode,
  at: Date,
): { again: Date } | { end: 'refused' | 'failed' } {
  if (!isPassing(code)) return { end: outcomeOf(code) };
  const again = new Date(at.getTime() + waitMs(request.attempts, Math.random()));
  return again < request.deadlineAt ? { again } : { end: 'failed' };
}
