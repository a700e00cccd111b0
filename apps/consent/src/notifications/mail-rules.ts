import { NOTIFICATION_KINDS, type MailChoices, type MailMode, type NotificationKind } from '@bayway/contracts';
import { bayDay } from '@bayway/domain';
import type { MailState } from './notification.entity.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A digest goes out at six in the evening of the Bay. */
const DIGEST_HOUR_UTC = 10;

/** After this long without an outcome a mail handed over is handed over again: it may then arrive twice, never not at all. */
export const UNKNOWN_AFTER_MS = 5 * 60_000;
/** Attempts at one mail, over about a day. */
export const MAX_ATTEMPTS = 12;

/** What she gets until she says otherwise: what she did herself is silent, all else at once. */
export const DEFAULT_CHOICES: MailChoices = {
  ...(Object.fromEntries(NOTIFICATION_KINDS.map((kind) => [kind, 'immediate'])) as MailChoices),
  refused: 'silent',
  ended: 'digest',
};

/** The next six o'clock in the evening after `at`. */
export function nextDigest(at: Date): Date {
  const today = new Date(`${bayDay(at)}T00:00:00Z`).getTime() + DIGEST_HOUR_UTC * HOUR_MS;
  return new Date(today > at.getTime() ? today : today + DAY_MS);
}

/** Whether, how and when a mail about this goes out. */
export function mailFor(
  kind: NotificationKind,
  settings: { mail: MailChoices; hasAddress: boolean } | null,
  at: Date,
): { mail: MailState; mailAt: Date | null } {
  const mode: MailMode = settings?.hasAddress ? (settings.mail[kind] ?? DEFAULT_CHOICES[kind]) : 'silent';
  if (mode === 'silent') return { mail: 'none', mailAt: null };
  return mode === 'digest' ? { mail: 'digest', mailAt: nextDigest(at) } : { mail: 'waiting', mailAt: at };
}

/** How long to wait after the n-th failed attempt: half a minute, doubling, at most four hours. */
export const waitMs = (attempt: number): number => Math.min(30_000 * 2 ** (attempt - 1), 4 * HOUR_MS);

/** Whether a mail server's answer is final for this mail: 5xx is, all else may pass (RFC 5321 section 4.2.1). */
export const isFinal = (error: unknown): boolean => {
  const code = (error as { responseCode?: number }).responseCode;
  return typeof code === 'number' && code >= 500;
};
