import { createHash } from 'node:crypto';

/** A stream of repeatable choices. */
export type Random = Readonly<{
  /** A whole number from 0 up to, but not including, `limit`. */
  below: (limit: number) => number;
  pick: <T>(list: readonly T[]) => T;
  /** True in `percent` of a hundred calls. */
  chance: (percent: number) => boolean;
  /** One of the keys, as often as its weight says. */
  weighted: <K extends string>(weights: Readonly<Record<K, number>>) => K;
}>;

/**
 * A repeatable stream for a seed: the same seed gives the same choices on every machine (small fast counter generator,
 * its state taken from SHA-256 of the seed). Not for keys or secrets.
 */
export function randomFrom(seed: string): Random {
  const digest = createHash('sha256').update(seed).digest();
  const state = Uint32Array.from([0, 4, 8, 12], (offset) => digest.readUInt32LE(offset));
  const next = (): number => {
    const [a = 0, b = 0, c = 0, count = 0] = state;
    const sum = (a + b + count) >>> 0;
    state.set([b ^ (b >>> 9), (c + (c << 3)) >>> 0, (((c << 21) | (c >>> 11)) + sum) >>> 0, count + 1]);
    return sum / 2 ** 32;
  };
  for (let i = 0; i < 12; i += 1) next();
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    pick: <T>(list: readonly T[]): T => list[below(list.length)] as T,
    chance: (percent) => below(100) < percent,
    weighted: <K extends string>(weights: Readonly<Record<K, number>>): K => {
      const entries = Object.entries(weights) as [K, number][];
      let left = below(entries.reduce((sum, [, weight]) => sum + weight, 0));
      return (entries.find(([, weight]) => (left -= weight) < 0) as [K, number])[0];
    },
  };
}
