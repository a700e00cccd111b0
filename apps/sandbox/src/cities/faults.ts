/** What can go wrong at a city, one thing at a time. */
export const FAULTS = [
  'slow',
  'down',
  'wrong-signature',
  'rotated-key',
  'stale-metadata',
  'low-level',
  'other-person',
] as const;
export type Fault = (typeof FAULTS)[number];

export const isFault = (text: unknown): text is Fault => FAULTS.includes(text as Fault);

/** Longer than anybody waits for a city. */
export const SLOW_MS = 8_000;

/** Which city has which fault now; none at the start. */
export class Faults {
  private readonly bySlug = new Map<string, Fault>();

  at(slug: string): Fault | null {
    return this.bySlug.get(slug) ?? null;
  }

  set(slug: string, fault: Fault | null): void {
    if (fault) this.bySlug.set(slug, fault);
    else this.bySlug.delete(slug);
  }
}
