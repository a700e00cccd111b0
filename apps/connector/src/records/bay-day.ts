const AHEAD_MS = 8 * 3_600_000;

/** The calendar day of an instant in the Bay (+08:00 in all three jurisdictions, without summer time), `YYYY-MM-DD`. */
export const bayDay = (at: Date): string => new Date(at.getTime() + AHEAD_MS).toISOString().slice(0, 10);
