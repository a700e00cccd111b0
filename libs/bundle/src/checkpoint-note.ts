import { decodeTimestamped, type NoteSignature, parseCheckpoint, parseNote, verifierKey } from '@bayway/transparency';
import { fromBase64url, toBase64url } from './encoding.js';
import { type Checkpoint, originOf, type SideName, SIDES, witnessNameOf } from './format.js';
import { peekLine } from './peek.js';
import type { PublicEvidence } from './public-evidence.js';

type Written = Readonly<{ side: SideName; line: string; index: number }>;

/** A checkpoint as a bundle holds it, and the directory lines of the keys that signed it. */
export type Signed = Readonly<{ checkpoint: Checkpoint; lines: readonly Written[] }>;

/** Takes a checkpoint note apart; signatures of keys that no directory names are left out. Nothing is verified here. */
export async function readNote(side: SideName, note: string, source: PublicEvidence): Promise<Signed> {
  const { text, signatures } = parseNote(note);
  const { size, root } = parseCheckpoint(text);
  const log = await keyOf(side, { use: 'log', name: originOf(side) }, { signatures, source });
  const found = await Promise.all(
    SIDES.filter((by) => by !== side).map(async (by) => ({
      by,
      key: await keyOf(by, { use: 'witness', name: witnessNameOf(by) }, { signatures, source }),
    })),
  );
  const cosignatures = found.flatMap(({ by, key }) => {
    if (!key) return [];
    const { time, signature } = decodeTimestamped(key.signature);
    return [{ by, kid: key.kid, time, signature: toBase64url(signature) }];
  });
  const lines = [log, ...found.map(({ key }) => key)].flatMap((key) => key?.lines ?? []);
  const signature = log ? toBase64url(log.signature) : '';
  return { checkpoint: { size, root: toBase64url(root), kid: log?.kid ?? '', signature, cosignatures }, lines };
}

type Wanted = Readonly<{ use: 'log' | 'witness'; name: string }>;

/** The signature by a key that a directory names for this use, with all lines about that key. */
async function keyOf(
  side: SideName,
  { use, name }: Wanted,
  { signatures, source }: { signatures: readonly NoteSignature[]; source: PublicEvidence },
): Promise<{ kid: string; signature: Uint8Array; lines: Written[] } | undefined> {
  const lines = (await source.lines(`${side}/evidence`)).flatMap(({ line }) => {
    const read = peekLine(line);
    return read ? [{ ...read, line }] : [];
  });
  for (const { kid, x, use: found } of lines) {
    if (found !== use) continue;
    const { id } = verifierKey(name, use === 'log' ? 'note' : 'cosignature', fromBase64url(x));
    const signed = signatures.find((signature) => signature.name === name && signature.keyId === id);
    const about = lines.filter((line) => line.kid === kid);
    if (signed) return { kid, signature: signed.signature, lines: about };
  }
  return undefined;
}
