import { type AddCheckpoint, parseAddCheckpoint } from './add-checkpoint.js';
import { type Checkpoint, openCheckpoint, parseCheckpoint } from './checkpoint.js';
import { type TreeHead, verifyConsistency } from './consistency.js';
import { EMPTY_ROOT } from './merkle-hash.js';
import type { NoteVerifier } from './note-verifier.js';
import { parseNote } from './signed-note.js';
import { TransparencyError } from './transparency-error.js';

/** Why a witness does not cosign, with the HTTP status that says so (tlog-witness). */
export type Refusal = Readonly<{ status: 400 | 403 | 404 | 409 | 422; reason: string; size?: number }>;

/** A request whose checkpoint is signed by its log; only the comparison with the witness's own state is left. */
export type SubmittedCheckpoint = Pick<AddCheckpoint, 'oldSize' | 'proof'> &
  Readonly<{ checkpoint: Checkpoint; text: string }>;

/**
 * First half of a witness's work, which needs no state: reads the request and demands a signature of a log it knows.
 *
 * @param logKeys verifiers of the log with that origin, `undefined` when the witness does not know it
 * @returns the request, or the refusal: 400 malformed or old size above the new, 404 unknown origin, 403 not signed
 */
export async function receiveCheckpoint(
  body: string | Uint8Array,
  logKeys: (origin: string) => readonly NoteVerifier[] | undefined,
): Promise<SubmittedCheckpoint | Refusal> {
  try {
    const { oldSize, proof, checkpoint: note } = parseAddCheckpoint(body);
    const { origin } = parseCheckpoint(parseNote(note).text);
    const log = logKeys(origin);
    if (!log) return { status: 404, reason: 'log is not known' };
    const { checkpoint, text } = await openCheckpoint(note, { origin, log });
    if (oldSize > checkpoint.size) return { status: 400, reason: 'old size is above the size of the checkpoint' };
    return { oldSize, proof, checkpoint, text };
  } catch (error) {
    if (!(error instanceof TransparencyError)) throw error;
    return { status: isSignature(error) ? 403 : 400, reason: error.message };
  }
}

/**
 * Second half: compares with the last cosigned tree. The caller MUST hold a lock on that state, and make the new
 * one durable before a cosignature of `submitted.text` leaves; otherwise a slower, older request could roll it back.
 *
 * @param last the tree cosigned last for this origin, `undefined` when there is none
 * @returns `undefined` when the checkpoint may be cosigned, else the refusal: 409 with the size held, or 422
 */
export function judgeCheckpoint(submitted: SubmittedCheckpoint, last: TreeHead | undefined): Refusal | undefined {
  const { oldSize, proof, checkpoint } = submitted;
  const from = last ?? { size: 0, root: EMPTY_ROOT };
  if (oldSize !== from.size) return { status: 409, reason: 'another tree was cosigned last', size: from.size };
  try {
    verifyConsistency({ from, to: checkpoint, proof });
    return undefined;
  } catch (error) {
    if (!(error instanceof TransparencyError)) throw error;
    return { status: 422, reason: error.message };
  }
}

/** Whether {@link receiveCheckpoint} refused. */
export const isRefusal = (answer: SubmittedCheckpoint | Refusal): answer is Refusal => 'status' in answer;

const isSignature = ({ code }: TransparencyError) =>
  ['signature-missing', 'signature-invalid', 'cosignature-malformed'].includes(code);
