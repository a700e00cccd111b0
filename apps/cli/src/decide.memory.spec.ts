import { expect, it } from '@jest/globals';
import { Readable, Writable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { decideCommand } from './decide.js';

const LINES = 100_000;
const MEGABYTE = 1_048_576;
/** What the heap may differ by between a tenth of the way and the end; a line kept each would cost some 100 MB. */
const GROWTH = 8 * MEGABYTE;

const transfer = (index: number): string =>
  `${JSON.stringify({
    asOf: '2026-11-22',
    channel: 'transfer',
    exporter: { place: 'CN-440300', kind: 'bank', ciio: false },
    importer: { place: 'HK', kind: 'bank' },
    data: { items: [{ id: `item-${index}`, category: 'bank-statement' }], importantData: 'not-declared' },
    purpose: { code: 'credit-underwriting' },
    basis: { kind: 'consent' },
    consent: { given: index % 3 > 0, separate: index % 2 > 0 },
    notice: { given: true, crossBorderItems: true },
    counters: { general: index, sensitive: 1 },
    ...(index % 1_000 === 7 ? { weather: 'fine' } : {}),
  })}\n`;

it('decides 100,000 documents, faulty ones among them, without growing', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heap = (): number => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const seen = { lines: 0, errors: 0, early: 0 };
  const stdin = Readable.from(
    (function* () {
      for (let index = 0; index < LINES; index += 1) yield Buffer.from(transfer(index));
    })(),
  );
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      seen.lines += 1;
      if (chunk.subarray(0, 8).toString() === '{"line":') seen.errors += 1;
      if (seen.lines === LINES / 10) seen.early = heap();
      done();
    },
  });
  const stderr = new Writable({ write: (_chunk, _encoding, done) => done() });
  expect(await decideCommand(['-'], { stdin, stdout, stderr })).toBe(1);
  expect(seen).toMatchObject({ lines: LINES, errors: LINES / 1_000 });
  expect(heap() - seen.early).toBeLessThan(GROWTH);
}, 280_000);
