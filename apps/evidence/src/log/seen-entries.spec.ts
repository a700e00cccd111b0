import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SEGMENT } from './log.store.js';
import { SeenEntries } from './seen-entries.js';

const some = (count: number) => Array.from({ length: count }, () => randomBytes(32));

describe('the entries that were seen', () => {
  it('may all be there, in whichever segment', () => {
    const seen = new SeenEntries();
    const entries = some(3_000);
    seen.note(SEGMENT - 1_000, entries);
    expect(entries.filter((entry) => !seen.mayHave(entry))).toEqual([]);
  });

  it('tell of nearly all others that they are not', () => {
    const seen = new SeenEntries();
    seen.note(0, some(50_000));
    expect(some(10_000).filter((entry) => seen.mayHave(entry)).length).toBeLessThan(10);
  });

  it('are known up to the first gap', () => {
    const seen = new SeenEntries();
    seen.note(0, some(10));
    seen.note(15, some(5));
    expect(seen.size).toBe(10);
    seen.note(8, some(4));
    seen.note(3, some(2));
    expect(seen.size).toBe(12);
  });
});
