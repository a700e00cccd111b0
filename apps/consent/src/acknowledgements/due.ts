import { endOfBayDay } from '@bayway/domain';

const DAY_MS = 86_400_000;

/** Within this time holder and recipient have to sign that they stopped. */
export const STOP_MS = DAY_MS;

/** A recipient that names no day deletes within this time. */
export const DELETE_MS = 30 * DAY_MS;

/** When the deletion is due: at the end of the day the recipient named itself, but never later than {@link DELETE_MS}. */
export function deletionDue(withdrawnAt: Date, deleteBy: string | null): Date {
  const latest = withdrawnAt.getTime() + DELETE_MS;
  return new Date(deleteBy === null ? latest : Math.min(endOfBayDay(deleteBy).getTime(), latest));
}
