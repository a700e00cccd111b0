import { toUtf8 } from './bytes.js';
import { cosignatureMessage, decodeTimestamped } from './cosignature.js';
import { ed25519Verifier } from './ed25519.js';
import { type NoteSignature, parseNote } from './signed-note.js';
import { TransparencyError } from './transparency-error.js';
import { parseVerifierKey, type VerifierKey } from './verifier-key.js';

/** What a good signature says: by which key, and when (POSIX seconds) if the type tells. */
export type Verified = Readonly<{ name: string; keyId: number; time?: number }>;

/** Checks signatures of one key; `verify` answers `undefined` when the signature is not by that key over that text. */
export type NoteVerifier = Readonly<{
  name: string;
  keyId: number;
  verify: (text: string, signature: Uint8Array) => Promise<Verified | undefined>;
}>;

/**
 * Verifier for a key, or for the line a key is written as.
 *
 * @throws TransparencyError `key-malformed`, `encoding-invalid`, or `key-unsupported` for ML-DSA-44, whose verifier the
 *   caller brings
 */
export function noteVerifier(from: VerifierKey | string): NoteVerifier {
  const { name, id, type, publicKey } = typeof from === 'string' ? parseVerifierKey(from) : from;
  const check = ed25519Verifier(publicKey);
  const known = { name, keyId: id };
  switch (type) {
    case 'note':
      return { ...known, verify: async (text, sig) => ((await check(toUtf8(text), sig)) ? known : undefined) };
    case 'cosignature':
      return {
        ...known,
        verify: async (text, blob) => {
          const { time, signature } = decodeTimestamped(blob);
          return (await check(cosignatureMessage(text, time), signature)) ? { ...known, time } : undefined;
        },
      };
    default:
      throw new TransparencyError('key-unsupported', 'signature type is not supported');
  }
}

/** A note of which at least one signature is known and good; `verified` names each key once. */
export type OpenedNote = Readonly<{ text: string; verified: readonly Verified[] }>;

/**
 * Reads a note and checks every signature of a known key; others are passed over (signed-note).
 *
 * @throws TransparencyError `signature-invalid` when a known key's signature fails, `signature-missing` when no known key
 *   signed, `cosignature-malformed`, and what `parseNote` throws
 */
export async function openNote(note: string | Uint8Array, verifiers: readonly NoteVerifier[]): Promise<OpenedNote> {
  const { text, signatures } = parseNote(note);
  const verified = await verifySignatures(text, signatures, verifiers);
  if (verified.length === 0) throw new TransparencyError('signature-missing', 'no known key signed the note');
  return { text, verified };
}

/**
 * Checks signatures over a text as {@link openNote} does, but accepts that there may be none of a known key.
 *
 * @throws TransparencyError `signature-invalid` or `cosignature-malformed`
 */
export async function verifySignatures(
  text: string,
  signatures: readonly NoteSignature[],
  verifiers: readonly NoteVerifier[],
): Promise<Verified[]> {
  const good = new Map<NoteVerifier, Verified>();
  for (const { name, keyId, signature } of signatures) {
    const verifier = verifiers.find((known) => known.name === name && known.keyId === keyId);
    if (!verifier) continue;
    const verified = await verifier.verify(text, signature);
    if (!verified) throw new TransparencyError('signature-invalid', 'signature of a known key does not verify');
    good.set(verifier, verified);
  }
  return [...good.values()];
}
