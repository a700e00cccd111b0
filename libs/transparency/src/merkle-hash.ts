import { toBase64, fromBase64 } from './base64.js';
import { sha256 } from './sha256.js';
import { TransparencyError } from './transparency-error.js';

/** A SHA-256 hash: 32 bytes. */
export type Hash = Uint8Array;

/** Bytes in a hash. */
export const HASH_SIZE = 32;

/** Root of the tree without entries: SHA-256 of nothing (RFC 6962 section 2.1). */
export const EMPTY_ROOT: Hash = sha256(new Uint8Array(0));

/** Hash of a log entry (RFC 6962 section 2.1): SHA-256(0x00 || entry). */
export function leafHash(entry: Uint8Array): Hash {
  const input = new Uint8Array(1 + entry.length);
  input.set(entry, 1);
  return sha256(input);
}

const pair = new Uint8Array(1 + 2 * HASH_SIZE);
pair[0] = 1;

/** Hash of an inner node (RFC 6962 section 2.1): SHA-256(0x01 || left || right). Both sides are 32 bytes. */
export function nodeHash(left: Hash, right: Hash): Hash {
  pair.set(left, 1);
  pair.set(right, 1 + HASH_SIZE);
  return sha256(pair);
}

/**
 * A hash as one base64 line carries it (44 characters).
 *
 * @throws TransparencyError `hash-invalid` when it is not 32 bytes
 */
export function formatHash(hash: Hash): string {
  if (hash.length !== HASH_SIZE) throw new TransparencyError('hash-invalid', 'a hash has 32 bytes');
  return toBase64(hash);
}

/**
 * Reads what {@link formatHash} writes.
 *
 * @throws TransparencyError `encoding-invalid` or `hash-invalid`
 */
export function parseHash(text: string): Hash {
  const hash = fromBase64(text);
  if (hash.length !== HASH_SIZE) throw new TransparencyError('hash-invalid', 'a hash has 32 bytes');
  return hash;
}
