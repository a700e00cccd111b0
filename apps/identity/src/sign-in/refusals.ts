import type { Ending } from '../oidc/interactions.js';
import { isRefusedReason, isStoppedReason, type RefusedReason, type StoppedReason } from '../pages/words/index.js';

/** Why a sign-in stopped, as the step keeps it and a page says it; `city` where she was signed in. */
export type Refusal = Readonly<{ reason: RefusedReason | StoppedReason; city: string | null }>;

/** As text, for the row of the step. */
export const refusalText = ({ reason, city }: Refusal): string => (city === null ? reason : `${reason}:${city}`);

/** Null for what no page here explains, such as a refusal by the rules. */
export function readRefusal(text: string | null): Refusal | null {
  const [reason = '', city = null] = text?.split(':') ?? [];
  return isRefusedReason(reason) || isStoppedReason(reason) ? { reason, city } : null;
}

/** What the client hears when the level or the time it insists on cannot be had. @see RFC 9470 section 5 */
export const UNMET: Ending = {
  error: 'unmet_authentication_requirements',
  error_description: 'the level of assurance or the time of sign-in that is needed was not reached',
};

/** What the client hears when she leaves the page that says so; null when another rule decides. */
export const stoppedEnding = (refused: string | null): Ending | null => {
  const reason = readRefusal(refused)?.reason;
  return reason === 'level' || reason === 'not-fresh' ? UNMET : null;
};
