/** The Bay keeps one time, eight hours before UTC, without daylight saving. */
const BAY_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** The calendar day of the Bay at an instant, `YYYY-MM-DD`. */
export const bayDay = (at: Date): string => new Date(at.getTime() + BAY_OFFSET_MS).toISOString().slice(0, 10);

/** The first instant after a calendar day of the Bay: what holds until that day has ended then. */
export const endOfBayDay = (day: string): Date => new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS - BAY_OFFSET_MS);
