import type { TreeHead } from './consistency.js';
import { parseDecimal, wholeNumber } from './decimal.js';
import { formatHash, parseHash } from './merkle-hash.js';
import type { NoteSigner } from './note-signer.js';
import { type NoteVerifier, openNote, type Verified } from './note-verifier.js';
import { formatNote } from './signed-note.js';
import { TransparencyError } from './transparency-error.js';

/** What a log says of itself at one size. Extension lines are opaque and best left away. */
export type Checkpoint = TreeHead & Readonly<{ origin: string; extensions?: readonly string[] }>;

/**
 * Text of a checkpoint: origin, size, root and extension lines, each with its newline (tlog-checkpoint).
 *
 * @throws TransparencyError `checkpoint-malformed`, `number-invalid` or `hash-invalid`
 */
export function formatCheckpoint({ origin, size, root, extensions = [] }: Checkpoint): string {
  const lines = [origin, String(wholeNumber(size)), formatHash(root), ...extensions];
  // eslint-disable-next-line no-control-regex -- the format forbids exactly these
  if (!lines.every((line) => /^[^\x00-\x1f\p{Surrogate}]+$/u.test(line)))
    throw refused('a line is empty or holds a control');
  return `${lines.join('\n')}\n`;
}

/**
 * Reads the text of a checkpoint, without its signatures.
 *
 * @throws TransparencyError `checkpoint-malformed`, `number-invalid`, `encoding-invalid` or `hash-invalid`
 */
export function parseCheckpoint(text: string): Checkpoint {
  if (!text.endsWith('\n')) throw refused('text does not end with a newline');
  const [origin, size, root, ...extensions] = text.slice(0, -1).split('\n');
  if (!origin || !size || !root) throw refused('a checkpoint has three lines');
  const head = { origin, size: parseDecimal(size), root: parseHash(root) };
  const checkpoint = extensions.length ? { ...head, extensions } : head;
  if (formatCheckpoint(checkpoint) !== text) throw refused('a line is empty or holds a control');
  return checkpoint;
}

/** A checkpoint as a note with one signature, the log's. */
export async function signCheckpoint(checkpoint: Checkpoint, log: NoteSigner): Promise<string> {
  const text = formatCheckpoint(checkpoint);
  return formatNote({ text, signatures: [await log.sign(text)] });
}

/** Whose checkpoints are taken: the log by origin and keys (one of them signs), and the cosigners that are known. */
export type CheckpointTrust = Readonly<{
  origin: string;
  log: readonly NoteVerifier[];
  cosigners?: readonly NoteVerifier[];
}>;

/** A checkpoint that its log signed, its text, and who cosigned it when. Whether these suffice is the caller's policy. */
export type OpenedCheckpoint = Readonly<{ checkpoint: Checkpoint; text: string; cosignatures: readonly Verified[] }>;

/**
 * Reads a checkpoint note and demands a good signature of the log.
 *
 * @throws TransparencyError `signature-missing`, `signature-invalid`, `checkpoint-foreign` for another origin, and what
 *   `parseNote` and `parseCheckpoint` throw
 */
export async function openCheckpoint(note: string | Uint8Array, trust: CheckpointTrust): Promise<OpenedCheckpoint> {
  const cosigners = trust.cosigners ?? [];
  const { text, verified } = await openNote(note, [...trust.log, ...cosigners]);
  const isBy = (signed: Verified) => (key: NoteVerifier) => key.name === signed.name && key.keyId === signed.keyId;
  if (!verified.some((signed) => trust.log.some(isBy(signed))))
    throw new TransparencyError('signature-missing', 'the log did not sign the checkpoint');
  const checkpoint = parseCheckpoint(text);
  if (checkpoint.origin !== trust.origin)
    throw new TransparencyError('checkpoint-foreign', 'checkpoint of another log');
  return { checkpoint, text, cosignatures: verified.filter((signed) => cosigners.some(isBy(signed))) };
}

const refused = (message: string) => new TransparencyError('checkpoint-malformed', message);
