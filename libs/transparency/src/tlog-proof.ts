import { fromBase64, toBase64 } from './base64.js';
import { type CheckpointTrust, openCheckpoint, type OpenedCheckpoint } from './checkpoint.js';
import { parseDecimal, wholeNumber } from './decimal.js';
import { verifyInclusion } from './inclusion.js';
import { formatHash, type Hash, parseHash } from './merkle-hash.js';
import { formatNote, parseNote } from './signed-note.js';
import { TransparencyError } from './transparency-error.js';

/** Proof that an entry is in a log, to be checked offline. `extra` is authenticated by nothing. */
export type TlogProof = Readonly<{ index: number; hashes: readonly Hash[]; checkpoint: string; extra?: Uint8Array }>;

/** Hashes a Merkle proof may have at most. */
export const MAX_PROOF_HASHES = 63;

const HEADER = 'c2sp.org/tlog-proof@v1\n';

/**
 * The text of a `.tlog-proof` file.
 *
 * @throws TransparencyError `proof-malformed`, and what `parseNote` throws for the checkpoint
 */
export function formatTlogProof({ index, hashes, checkpoint, extra }: TlogProof): string {
  if (hashes.length > MAX_PROOF_HASHES) throw refused('a proof has at most 63 hashes');
  if (extra?.length === 0) throw refused('extra data is empty');
  const extraLine = extra ? `extra ${toBase64(extra)}\n` : '';
  const proof = hashes.map((hash) => `${formatHash(hash)}\n`).join('');
  return `${HEADER}${extraLine}index ${wholeNumber(index)}\n${proof}\n${formatNote(parseNote(checkpoint))}`;
}

/**
 * Reads a `.tlog-proof` file; the checkpoint is kept as it stands, unverified.
 *
 * @throws TransparencyError `proof-malformed`, `encoding-invalid`, `number-invalid`, `hash-invalid`, and what `parseNote`
 *   throws for the checkpoint
 */
export function parseTlogProof(text: string): TlogProof {
  const split = text.indexOf('\n\n');
  if (!text.startsWith(HEADER) || split < 0) throw refused('not a proof file');
  const [first = '', ...others] = text.slice(HEADER.length, split).split('\n');
  const [extraLine, indexLine = '', ...hashLines] = first.startsWith('extra ')
    ? [first, ...others]
    : [undefined, first, ...others];
  if (!indexLine.startsWith('index ')) throw refused('no index line');
  if (hashLines.length > MAX_PROOF_HASHES) throw refused('a proof has at most 63 hashes');
  const checkpoint = text.slice(split + 2);
  parseNote(checkpoint);
  const index = parseDecimal(indexLine.slice('index '.length));
  const proof = { index, hashes: hashLines.map(parseHash), checkpoint };
  return extraLine ? { ...proof, extra: parseExtra(extraLine) } : proof;
}

function parseExtra(line: string): Uint8Array {
  const extra = fromBase64(line.slice('extra '.length));
  if (extra.length === 0) throw refused('extra data is empty');
  return extra;
}

/**
 * Accepts that the entry with hash `leaf` is in the log, or throws. Who must have cosigned is for the caller to judge by
 * the answer.
 *
 * @throws TransparencyError `proof-invalid`, and what `openCheckpoint` throws
 */
export async function verifyTlogProof(
  { index, hashes, checkpoint }: TlogProof,
  leaf: Hash,
  trust: CheckpointTrust,
): Promise<OpenedCheckpoint> {
  const opened = await openCheckpoint(checkpoint, trust);
  const { size, root } = opened.checkpoint;
  if (index >= size) throw new TransparencyError('proof-invalid', 'index is not in the tree');
  verifyInclusion({ index, size, leaf, root, proof: hashes });
  return opened;
}

const refused = (message: string) => new TransparencyError('proof-malformed', message);
