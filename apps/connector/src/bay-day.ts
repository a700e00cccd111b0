const BAY_MS = 8 * 3_600_000;

/** The calendar day in the Bay (+08:00) at an instant. */
export const bayDay = (at: Date): string => new Date(at.getTime() + BAY_MS).toISOString().slice(0, 10);
