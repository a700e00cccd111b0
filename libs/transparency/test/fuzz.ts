import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  decodeEntryBundle,
  decodeTile,
  decodeTimestamped,
  encodeEntryBundle,
  formatAddCheckpoint,
  formatCheckpoint,
  formatCosignatures,
  formatHash,
  formatNote,
  formatTlogProof,
  formatTreeSize,
  formatVerifierKey,
  fromBase64,
  fromHex,
  openCheckpoint,
  noteVerifier,
  parseAddCheckpoint,
  parseCheckpoint,
  parseCosignatures,
  parseHash,
  parseNote,
  parseTilePath,
  parseTlogProof,
  parseTreeSize,
  parseVerifierKey,
  tilePath,
  toBase64,
  toHex,
  TransparencyError,
} from '../src/index.js';
import { vectors } from './vectors.js';

const { checkpointEd25519: note, tlogProof, logVkey } = vectors;
const text = parseNote(note).text;
const cosignature = note.slice(note.lastIndexOf('—'));
const request = formatAddCheckpoint({ oldSize: 3, proof: [], checkpoint: note });

/** Each parser with the inverse of it and a seed that it accepts. */
const parsers: Record<string, { seed: string; rewrite: (input: string) => string }> = {
  parseNote: { seed: note, rewrite: (input) => formatNote(parseNote(input)) },
  parseCheckpoint: { seed: text, rewrite: (input) => formatCheckpoint(parseCheckpoint(input)) },
  parseTlogProof: { seed: tlogProof, rewrite: (input) => formatTlogProof(parseTlogProof(input)) },
  parseAddCheckpoint: { seed: request, rewrite: (input) => formatAddCheckpoint(parseAddCheckpoint(input)) },
  parseCosignatures: { seed: cosignature, rewrite: (input) => formatCosignatures(parseCosignatures(input)) },
  parseTreeSize: { seed: '20852163\n', rewrite: (input) => formatTreeSize(parseTreeSize(input)) },
  parseVerifierKey: { seed: logVkey, rewrite: (input) => formatVerifierKey(parseVerifierKey(input)) },
  parseTilePath: { seed: 'tile/0/x001/x234/067.p/8', rewrite: (input) => tilePath(parseTilePath(input)) },
  parseHash: { seed: vectors.inclusion3in8[0]!, rewrite: (input) => formatHash(parseHash(input)) },
  fromBase64: { seed: 'AAEC/w==', rewrite: (input) => toBase64(fromBase64(input)) },
  fromHex: { seed: '00ff', rewrite: (input) => toHex(fromHex(input)) },
};

const pieces = [
  '\n',
  '\n\n',
  ' ',
  '+',
  '=',
  '/',
  '—',
  '— ',
  'x',
  '0',
  '00',
  'old ',
  'index ',
  'extra ',
  '\0',
  '\r',
  '\ufeff',
];
const piece = fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 4, unit: 'binary' }), fc.constant('\ud800'));
const edit = fc.record({ at: fc.nat(4000), cut: fc.nat(6), insert: piece });
const damage = (seed: string, edits: readonly { at: number; cut: number; insert: string }[]) =>
  edits.reduce((now, { at, cut, insert }) => {
    const from = at % (now.length + 1);
    return now.slice(0, from) + insert + now.slice(from + cut);
  }, seed);

/** Whether the parser takes the input; anything thrown but the typed error fails the test. */
function accepts(rewrite: (input: string) => string, input: string): boolean {
  let rewritten: string;
  try {
    rewritten = rewrite(input);
  } catch (error) {
    if (error instanceof TransparencyError) return false;
    throw error;
  }
  expect(rewritten).toBe(input);
  return true;
}

/** Every parser on `runs` inputs each, most of them a valid one with a few edits. */
export const fuzzParsers = (runs: number) =>
  describe('fuzzed parsers throw nothing but the typed error, and accept only what their writer writes', () => {
    it.each(Object.entries(parsers))('%s', (_, { seed, rewrite }) => {
      expect(accepts(rewrite, seed)).toBe(true);
      const edited = fc.array(edit, { minLength: 1, maxLength: 3 }).map((edits) => damage(seed, edits));
      const input = fc.oneof({ weight: 7, arbitrary: edited }, { weight: 3, arbitrary: fc.string({ unit: 'binary' }) });
      fc.assert(
        fc.property(input, (broken) => void accepts(rewrite, broken)),
        { numRuns: runs },
      );
    });

    it('parseNote, from bytes', () => {
      const seed = Buffer.from(note);
      const bytes = fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc.tuple(fc.nat(seed.length - 1), fc.nat(255)).map(([at, byte]) => seed.map((b, i) => (i === at ? byte : b))),
      );
      const rewrite = (input: Uint8Array) => Buffer.from(formatNote(parseNote(input)));
      const check = (input: Uint8Array) => {
        try {
          expect(rewrite(input).equals(input)).toBe(true);
        } catch (error) {
          if (!(error instanceof TransparencyError)) throw error;
        }
      };
      fc.assert(fc.property(bytes, check), { numRuns: runs });
    });

    it('decodeEntryBundle, decodeTile and decodeTimestamped', () => {
      const check = (width: number, bytes: Uint8Array) => {
        for (const decode of [
          () => expect(encodeEntryBundle(decodeEntryBundle(width, bytes))).toEqual(Uint8Array.from(bytes)),
          () => expect(Buffer.concat(decodeTile(width, bytes)).equals(bytes)).toBe(true),
          () => expect(decodeTimestamped(bytes).signature).toHaveLength(64),
        ]) {
          try {
            decode();
          } catch (error) {
            if (!(error instanceof TransparencyError)) throw error;
          }
        }
      };
      const small = fc.uint8Array({ maxLength: 130, max: 3 });
      const bytes = fc.oneof(small, fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ minLength: 72, maxLength: 72 }));
      fc.assert(fc.property(fc.nat(6), bytes, check), { numRuns: runs });
    });

    it('openCheckpoint never accepts another checkpoint under the same signature', async () => {
      const trust = { origin: vectors.origin, log: [noteVerifier(logVkey)] };
      const edited = fc.array(edit, { minLength: 1, maxLength: 2 }).map((edits) => damage(note, edits));
      await fc.assert(
        fc.asyncProperty(edited, async (broken) => {
          const opened = await openCheckpoint(broken, trust).catch((error: unknown) => {
            if (!(error instanceof TransparencyError)) throw error;
            return undefined;
          });
          expect(opened?.text ?? text).toBe(text);
        }),
        { numRuns: runs / 5 },
      );
    });
  });
