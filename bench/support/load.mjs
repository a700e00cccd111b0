/** A load: one piece of work again and again, by so many at once, for so long. */
import { performance } from 'node:perf_hooks';

/**
 * @param work one piece of work; what it throws ends the load
 * @param limits `concurrency`; `seconds` after which none is begun; `most` pieces altogether
 * @returns what was done: `count`, `perSecond`, and the milliseconds at the middle and for 99 of 100
 */
export async function underLoad(work, { concurrency, seconds, most }) {
  const times = [];
  const begun = performance.now();
  const until = begun + seconds * 1_000;
  let left = most;
  const worker = async () => {
    while (left > 0 && performance.now() < until) {
      left -= 1;
      const from = performance.now();
      await work();
      times.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const tookMs = performance.now() - begun;
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return { concurrency, count: times.length, perSecond: times.length / (tookMs / 1_000), p50: at(0.5), p99: at(0.99) };
}
