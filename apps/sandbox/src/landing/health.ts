/** How long a part may take to say whether it is ready. */
const PATIENCE_MS = 1_500;

/** ready: it can serve · waiting: it answers that it cannot yet · missing: no answer in time */
export type Health = 'ready' | 'waiting' | 'missing';

/** Asks one part whether it is ready. @param base its address */
export async function healthOf(base: string): Promise<Health> {
  try {
    const response = await fetch(`${base}/health/ready`, {
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await response.body?.cancel();
    return response.ok ? 'ready' : 'waiting';
  } catch {
    return 'missing';
  }
}

/** Asks all of them at once; the answer is by address. */
export async function healthOfAll(bases: readonly string[]): Promise<ReadonlyMap<string, Health>> {
  return new Map(await Promise.all(bases.map(async (base) => [base, await healthOf(base)] as const)));
}
