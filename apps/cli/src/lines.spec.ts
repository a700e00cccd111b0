import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Readable } from 'node:stream';
import { linesOf, type Line } from './lines.js';

async function split(bytes: Buffer, cuts: readonly number[], maxLength = 1_000): Promise<Line[]> {
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  const chunks = edges.slice(1).map((end, index) => bytes.subarray(edges[index], end));
  const lines: Line[] = [];
  for await (const line of linesOf(Readable.from(chunks), maxLength)) lines.push(line);
  return lines;
}

describe('linesOf', () => {
  it('splits alike wherever the chunks are cut, inside a character too', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: fc.constantFrom('a', '澳', '𠮷', ' ', '{'), maxLength: 12 }), {
          minLength: 1,
          maxLength: 8,
        }),
        fc.array(fc.nat(), { maxLength: 6 }),
        fc.constantFrom('\n', '\r\n'),
        async (texts, cuts, end) => {
          const lines = await split(Buffer.from(texts.map((text) => text + end).join('')), cuts);
          expect(lines).toEqual(texts.map((text, index) => ({ number: index + 1, text })));
        },
      ),
    );
  });

  it('gives the last line without an end, and none for an empty input', async () => {
    expect(await split(Buffer.from('a\nb'), [])).toEqual([
      { number: 1, text: 'a' },
      { number: 2, text: 'b' },
    ]);
    expect(await split(Buffer.from(''), [])).toEqual([]);
  });

  it('passes over a line beyond the limit and keeps counting', async () => {
    const lines = await split(Buffer.from(`a\n${'x'.repeat(50)}\nb\n${'y'.repeat(50)}`), [10, 20, 30], 20);
    expect(lines).toEqual([
      { number: 1, text: 'a' },
      { number: 2, text: undefined },
      { number: 3, text: 'b' },
      { number: 4, text: undefined },
    ]);
  });
});
