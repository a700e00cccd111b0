import { describe, expect, it } from '@jest/globals';
import { gathered } from './gathered.js';

const settled = (work: Promise<void>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => String(error),
  );

/** Work that notes its rounds and waits to be let through each. */
function held(most: number, refused = NaN) {
  const rounds: number[][] = [];
  const gates: (() => void)[] = [];
  const work = async (items: readonly number[]) => {
    rounds.push([...items]);
    await new Promise<void>((open) => gates.push(open));
    if (items.includes(refused)) throw new RangeError('refused');
  };
  const pass = async () => {
    for (let left = 20; left > 0; left -= 1) {
      gates.shift()?.();
      await new Promise((next) => setImmediate(next));
    }
  };
  return { rounds, call: gathered(work, most), pass };
}

describe('gathered', () => {
  it('serves together whoever came while a round was on its way, in their order', async () => {
    const { rounds, call, pass } = held(100);
    const calls = [[1, 2], [3], [4, 5]].map(call).map(settled);
    await pass();
    expect(await Promise.all(calls)).toEqual(['done', 'done', 'done']);
    expect(rounds).toEqual([
      [1, 2],
      [3, 4, 5],
    ]);
  });

  it('tells a failure only to whose own items fail', async () => {
    const { rounds, call, pass } = held(100, 4);
    const calls = [[1], [2, 3], [4], [5]].map(call).map(settled);
    await pass();
    expect(await Promise.all(calls)).toEqual(['done', 'done', 'RangeError: refused', 'done']);
    expect(rounds).toEqual([[1], [2, 3, 4, 5], [2, 3], [4], [5]]);
  });

  it('takes no more than fits a round, and one caller however much it brings', async () => {
    const { rounds, call, pass } = held(3);
    const calls = [[1], [2, 3], [4], [5], [6, 7, 8, 9]].map(call).map(settled);
    await pass();
    await Promise.all(calls);
    expect(rounds).toEqual([[1], [2, 3, 4], [5], [6, 7, 8, 9]]);
  });
});
