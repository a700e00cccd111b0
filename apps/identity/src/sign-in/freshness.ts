/** How recent a sign-in has to be: done anew after she was sent, or at most some seconds old. */
export type Freshness = Readonly<{ again: boolean; maxAge: number | null }>;

/** Clocks of cities and peers may differ from ours by this much. */
export const SKEW_SECONDS = 30;

/**
 * What the client asks for. It goes on to the city: a session of ours is no fresher than the city's own.
 * @param params of the authorization request
 * @param reasons of the login prompt
 * @see OpenID Connect Core 1.0 section 3.1.2.1, `prompt` and `max_age`
 */
export function freshnessOf(params: Readonly<Record<string, unknown>>, reasons: readonly string[]): Freshness {
  const seconds = params.max_age === undefined ? NaN : Number(params.max_age);
  const maxAge = Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
  return { again: reasons.includes('login_prompt') || maxAge === 0, maxAge };
}

/**
 * Whether a sign-in is as recent as asked.
 * @param authTime when the city or peer saw her, seconds since 1970
 * @param sent when she was sent there
 */
export function isFresh(
  { again, maxAge }: Freshness,
  authTime: number,
  { sent, now }: { sent: Date; now: Date },
): boolean {
  const after = (instant: Date, back: number): boolean => authTime >= instant.getTime() / 1000 - back - SKEW_SECONDS;
  return (!again || after(sent, 0)) && (maxAge === null || after(now, maxAge));
}
