import { DomainError } from '@bayway/contracts';
import type { AnswerLimit } from '../settings/connector-file.js';

/** How often an answer was given to one recipient about one person, lately. */
export type Given = Readonly<{ answer: string; times: number }>;

/**
 * Answers that are asked again and again, or one beside the other, add up to the record they are drawn from.
 * @param given what this recipient was told about this person within the days of the limit
 * @throws DomainError `request-answers-used-up` saying which limit it is
 */
export function assertMayAnswer(asked: readonly string[], given: readonly Given[], limit: AnswerLimit): void {
  const { different, times, days } = limit;
  const known = new Map(given.map((each) => [each.answer, each.times]));
  const refuse = (detail: string): never => {
    throw new DomainError('request-answers-used-up', { detail, days });
  };
  if (asked.some((answer) => (known.get(answer) ?? 0) >= times)) refuse(`the same answer ${times} times at most`);
  if (new Set([...known.keys(), ...asked]).size > different) refuse(`${different} different answers at most`);
}
