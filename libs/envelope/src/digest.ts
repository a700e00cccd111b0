import { createHash, createHmac, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';

/** SHA-256 of exact bytes (or UTF-8 text), base64url, 43 characters. */
export const digestOf = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('base64url');

/** RFC 8785 canonical JSON of a value. Throws a TypeError for what JSON cannot hold. */
export function canonical(value: unknown): string {
  const text = (canonicalize as unknown as (v: unknown) => string | undefined)(value);
  if (text === undefined) throw new TypeError('value has no JSON form');
  return text;
}

/** SHA-256 over the canonical JSON of a value, base64url. */
export const canonicalDigest = (value: unknown): string => digestOf(canonical(value));

/** 256 random bits, base64url: a salt, a subject handle, a nonce. */
export const randomName = (): string => randomBytes(32).toString('base64url');

/**
 * The commitment of an evidence record: HMAC-SHA-256 under a 256-bit salt over its canonical JSON, type inside.
 * Without the salt it says nothing; with it anyone can check it.
 * @param salt 32 bytes, base64url
 */
export const commitmentTo = (salt: string, record: { type: string } & Record<string, unknown>): string =>
  createHmac('sha256', Buffer.from(salt, 'base64url')).update(canonical(record)).digest('base64url');
