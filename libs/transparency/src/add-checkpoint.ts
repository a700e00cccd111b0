import { fromUtf8 } from './bytes.js';
import { parseDecimal, wholeNumber } from './decimal.js';
import { formatHash, type Hash, parseHash } from './merkle-hash.js';
import { formatNote, formatSignature, type NoteSignature, parseNote, parseSignatures } from './signed-note.js';
import { MAX_PROOF_HASHES } from './tlog-proof.js';
import { TransparencyError } from './transparency-error.js';

/** What a log asks of a witness: cosign this checkpoint note, which is consistent with the size you signed last. */
export type AddCheckpoint = Readonly<{ oldSize: number; proof: readonly Hash[]; checkpoint: string }>;

/** Media type of a 409 answer, whose body is the size the witness holds. */
export const TREE_SIZE_MEDIA_TYPE = 'text/x.tlog.size';

/**
 * Body of an `add-checkpoint` request (tlog-witness).
 *
 * @throws TransparencyError `request-malformed`, and what `parseNote` throws for the checkpoint
 */
export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  if (proof.length > MAX_PROOF_HASHES) throw refused('a proof has at most 63 hashes');
  const lines = proof.map((hash) => `${formatHash(hash)}\n`).join('');
  return `old ${wholeNumber(oldSize)}\n${lines}\n${formatNote(parseNote(checkpoint))}`;
}

/**
 * Reads the body of an `add-checkpoint` request; the checkpoint is kept as it stands, unverified.
 *
 * @throws TransparencyError `request-malformed`, `encoding-invalid`, `number-invalid`, `hash-invalid`, and what
 *   `parseNote` throws for the checkpoint
 */
export function parseAddCheckpoint(body: string | Uint8Array): AddCheckpoint {
  const text = typeof body === 'string' ? body : fromUtf8(body);
  const split = text.indexOf('\n\n');
  const [oldLine = '', ...proof] = text.slice(0, split).split('\n');
  if (split < 0 || !oldLine.startsWith('old ')) throw refused('not an add-checkpoint request');
  if (proof.length > MAX_PROOF_HASHES) throw refused('a proof has at most 63 hashes');
  const checkpoint = text.slice(split + 2);
  parseNote(checkpoint);
  return { oldSize: parseDecimal(oldLine.slice('old '.length)), proof: proof.map(parseHash), checkpoint };
}

/** Body of a 200 answer: the cosignatures as lines. */
export function formatCosignatures(signatures: readonly NoteSignature[]): string {
  if (signatures.length === 0) throw refused('no cosignature');
  return signatures.map(formatSignature).join('');
}

/**
 * Reads the body of a 200 answer; the signatures are not verified yet: `verifySignatures` does.
 *
 * @throws TransparencyError `note-malformed`, `key-malformed` or `encoding-invalid`
 */
export const parseCosignatures = (body: string): NoteSignature[] => parseSignatures(body);

/** Body of a 409 answer: the size the witness cosigned last. */
export const formatTreeSize = (size: number): string => `${wholeNumber(size)}\n`;

/**
 * Reads the body of a 409 answer.
 *
 * @throws TransparencyError `request-malformed` or `number-invalid`
 */
export function parseTreeSize(body: string): number {
  if (!body.endsWith('\n')) throw refused('no newline after the size');
  return parseDecimal(body.slice(0, -1));
}

const refused = (message: string) => new TransparencyError('request-malformed', message);
