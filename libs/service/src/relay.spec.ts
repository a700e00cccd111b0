import { describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import type { Bus } from './bus.js';
import { OutboxRelay } from './relay.js';

describe('a relay', () => {
  it('that hears of a commit while it reads the outbox reads it again at once', async () => {
    const reads: { at: number; answer: () => void }[] = [];
    const query = (sql: string): Promise<unknown[]> =>
      sql.includes('from outbox o')
        ? new Promise((done) => reads.push({ at: Date.now(), answer: () => done([]) }))
        : Promise.resolve([]);
    const relay = new OutboxRelay({ query } as unknown as DataSource, {} as Bus, null);
    relay.start();
    relay.nudge();
    const started = Date.now();
    reads[0]?.answer();
    while (reads.length < 2 && Date.now() - started < 350) await new Promise((next) => setTimeout(next, 5));
    const again = reads.length;
    reads[1]?.answer();
    await relay.stop();
    expect(again).toBe(2);
  });

  it('that heard of nothing waits before it looks again', async () => {
    let reads = 0;
    const query = (sql: string): Promise<unknown[]> => {
      if (sql.includes('from outbox o')) reads += 1;
      return Promise.resolve([]);
    };
    const relay = new OutboxRelay({ query } as unknown as DataSource, {} as Bus, null);
    // Far from the next full half second, at which it looks by itself.
    await new Promise((next) => setTimeout(next, 500 - ((Date.now() - 50) % 500)));
    relay.start();
    await new Promise((next) => setTimeout(next, 100));
    await relay.stop();
    expect(reads).toBe(1);
  });
});
