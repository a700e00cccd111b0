import { concat, toUtf8 } from './bytes.js';
import { wholeNumber } from './decimal.js';
import { HASH_SIZE } from './merkle-hash.js';
import { TransparencyError } from './transparency-error.js';
import { keyName } from './verifier-key.js';

/** A signature with the POSIX time in seconds at which it was made. */
export type TimestampedSignature = Readonly<{ time: number; signature: Uint8Array }>;

/** What an Ed25519 cosigner signs: a header, the time in seconds and the checkpoint text (tlog-cosignature). */
export function cosignatureMessage(checkpointText: string, time: number): Uint8Array {
  return toUtf8(`cosignature/v1\ntime ${wholeNumber(time)}\n${checkpointText}`);
}

/** Time (64 bits, big-endian) and signature, as a note signature line carries them after the key id. */
export function encodeTimestamped({ time, signature }: TimestampedSignature): Uint8Array {
  return concat(uint64(time), signature);
}

/**
 * Reads what {@link encodeTimestamped} writes.
 *
 * @param size bytes of the bare signature: 64 for Ed25519, 2420 for ML-DSA-44
 * @throws TransparencyError `cosignature-malformed` when the length differs or the time is above 2^53 - 1
 */
export function decodeTimestamped(blob: Uint8Array, size = 64): TimestampedSignature {
  if (blob.length !== 8 + size) throw refused('cosignature has another length');
  const time = Number(new DataView(blob.buffer, blob.byteOffset).getBigUint64(0));
  if (!Number.isSafeInteger(time)) throw refused('time of the cosignature is too large');
  return { time, signature: blob.slice(8) };
}

/** A subtree of a log as an ML-DSA-44 cosigner names it; a whole checkpoint has `start` 0 and `end` its size. */
export type CosignedSubtree = Readonly<{
  cosigner: string;
  time: number;
  origin: string;
  start: number;
  end: number;
  hash: Uint8Array;
}>;

/**
 * What an ML-DSA-44 cosigner signs (tlog-cosignature, `cosigned_message`). Node 20 has no ML-DSA, so a signer or
 * verifier for it is brought by the caller.
 *
 * @throws TransparencyError `cosignature-malformed`, `key-malformed` or `number-invalid`
 */
export function subtreeMessage({ cosigner, time, origin, start, end, hash }: CosignedSubtree): Uint8Array {
  if (start !== 0 && time !== 0) throw refused('a subtree inside the log is cosigned without time');
  const isRange = start < end || (start === 0 && end === 0);
  if (!isRange || hash.length !== HASH_SIZE) throw refused('not a subtree');
  const range = concat(uint64(start), uint64(end), hash);
  return concat(toUtf8('subtree/v1\n\0'), opaque(keyName(cosigner)), uint64(time), opaque(origin), range);
}

function opaque(text: string): Uint8Array {
  const bytes = toUtf8(text);
  if (bytes.length < 1 || bytes.length > 255) throw refused('a name has 1 to 255 bytes');
  return concat(Uint8Array.of(bytes.length), bytes);
}

function uint64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(wholeNumber(value)));
  return bytes;
}

const refused = (message: string) => new TransparencyError('cosignature-malformed', message);
