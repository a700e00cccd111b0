const HOUR_MS = 3_600_000;

/** Attempts at one webhook: the last one comes about three days after the first. */
export const MAX_ATTEMPTS = 22;

/** How long to wait after the n-th failed attempt: one second, doubling, at most six hours. */
export const backoffMs = (attempt: number): number => Math.min(1_000 * 2 ** (attempt - 1), 6 * HOUR_MS);
