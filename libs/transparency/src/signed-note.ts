import { fromBase64, toBase64 } from './base64.js';
import { concat, fromUtf8, toUtf8 } from './bytes.js';
import { TransparencyError } from './transparency-error.js';
import { keyName } from './verifier-key.js';

/** A signature by the key `keyId` of `name`; `signature` is what follows the four bytes of the id. */
export type NoteSignature = Readonly<{ name: string; keyId: number; signature: Uint8Array }>;

/** A text with its signatures, not yet verified. `text` ends with a newline, which is signed too. */
export type SignedNote = Readonly<{ text: string; signatures: readonly NoteSignature[] }>;

/** Signatures a note may carry at most; the format asks for 16 or more. */
export const MAX_SIGNATURES = 32;

/** UTF-8 bytes a note may have at most. */
export const MAX_NOTE_SIZE = 262_144;

const LINE = /^— ([^ ]+) ([A-Za-z0-9+/]+={0,2})$/u;

/**
 * One signature as its line, with the newline.
 *
 * @throws TransparencyError `key-malformed` for the name, `note-malformed` for an empty signature
 */
export function formatSignature({ name, keyId, signature }: NoteSignature): string {
  if (signature.length === 0) throw refused('signature is empty');
  const id = new Uint8Array(4);
  new DataView(id.buffer).setUint32(0, keyId);
  return `— ${keyName(name)} ${toBase64(concat(id, signature))}\n`;
}

/**
 * Signature lines, each with its newline: the end of a note, and what a witness answers.
 *
 * @throws TransparencyError `note-malformed`, `key-malformed` or `encoding-invalid`
 */
export function parseSignatures(lines: string): NoteSignature[] {
  if (!lines.endsWith('\n')) throw refused('last line has no newline');
  const parts = lines.slice(0, -1).split('\n');
  if (parts.length > MAX_SIGNATURES) throw refused('too many signatures');
  return parts.map((line) => {
    const [, name, base64] = LINE.exec(line) ?? [];
    if (!name || !base64) throw refused('not a signature line');
    const blob = fromBase64(base64);
    if (blob.length < 5) throw refused('signature is empty');
    return { name: keyName(name), keyId: new DataView(blob.buffer).getUint32(0), signature: blob.slice(4) };
  });
}

/**
 * A note: text, empty line, signature lines (signed-note).
 *
 * @throws TransparencyError `note-malformed` or `key-malformed`
 */
export function formatNote({ text, signatures }: SignedNote): string {
  checkText(text);
  if (signatures.length === 0 || signatures.length > MAX_SIGNATURES) throw refused('a note has 1 to 32 signatures');
  return `${text}\n${signatures.map(formatSignature).join('')}`;
}

/**
 * Splits a note at its last empty line. Nothing is verified: see `openNote`.
 *
 * @param input the note, as text or as the bytes that were received
 * @throws TransparencyError `note-malformed`, `key-malformed` or `encoding-invalid`
 */
export function parseNote(input: string | Uint8Array): SignedNote {
  const bytes = typeof input === 'string' ? toUtf8(input) : input;
  if (bytes.length > MAX_NOTE_SIZE) throw refused('note is too long');
  const note = typeof input === 'string' ? input : fromUtf8(input);
  const split = note.lastIndexOf('\n\n');
  if (split < 0) throw refused('note has no signatures');
  const text = note.slice(0, split + 1);
  checkText(text);
  return { text, signatures: parseSignatures(note.slice(split + 2)) };
}

function checkText(text: string): void {
  if (!text.endsWith('\n')) throw refused('text does not end with a newline');
  // eslint-disable-next-line no-control-regex -- the format forbids exactly these
  if (/[\x00-\x09\x0b-\x1f]|\p{Surrogate}/u.test(text)) throw refused('text holds a control character');
}

const refused = (message: string) => new TransparencyError('note-malformed', message);
