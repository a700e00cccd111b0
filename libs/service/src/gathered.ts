type Call<T> = Readonly<{ items: readonly T[]; done: () => void; failed: (error: unknown) => void }>;

/**
 * Makes work over lists gather its callers: whoever calls while a round is on its way is served together in the next one,
 * so that many small callers wait for one commit instead of one each. When a round fails, each of its callers has a round
 * alone, and only those whose own round fails are told so.
 *
 * @param most items of a round; a single caller may bring more
 * @returns the same work for one caller, done when the round that held its items is
 */
export function gathered<T>(
  work: (items: readonly T[]) => Promise<void>,
  most: number,
): (items: readonly T[]) => Promise<void> {
  const waiting: Call<T>[] = [];
  let isRunning = false;
  const round = async (calls: readonly Call<T>[]): Promise<void> => {
    try {
      await work(calls.flatMap(({ items }) => items));
      for (const { done } of calls) done();
    } catch (error) {
      if (calls.length === 1) calls[0]?.failed(error);
      else for (const call of calls) await round([call]);
    }
  };
  const run = async (): Promise<void> => {
    isRunning = true;
    while (waiting.length > 0) await round(waiting.splice(0, fitting(waiting, most)));
    isRunning = false;
  };
  return (items) =>
    new Promise((done, failed) => {
      waiting.push({ items, done, failed });
      if (!isRunning) void run();
    });
}

/** How many of the calls, from the first on, have at most so many items together; at least one. */
function fitting(calls: readonly Call<unknown>[], most: number): number {
  let sum = 0;
  const at = calls.findIndex(({ items }) => (sum += items.length) > most);
  return at === -1 ? calls.length : Math.max(1, at);
}
