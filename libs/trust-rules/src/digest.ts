import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * SHA-256, base64url, over the canonical JSON (RFC 8785) of a value: facts, a decision, a rule pack.
 * Throws a TypeError for what JSON cannot hold.
 */
export function digestOf(value: unknown): string {
  const text = (canonicalize as unknown as (value: unknown) => string | undefined)(value);
  if (text === undefined) throw new TypeError('value has no JSON form');
  return createHash('sha256').update(text).digest('base64url');
}
