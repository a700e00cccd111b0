import { BundleFault } from './checks.js';

/** Most bytes a bundle may have. */
export const MAX_BYTES = 200_000;
const MAX_DEPTH = 8;

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/**
 * RFC 8785 text of a value of the subset that bundles use: strings without characters that are escaped, and whole numbers.
 * For this subset the canonical form needs neither escapes nor the number format of ECMAScript.
 */
export function canonicalText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value as Record<string, Json>).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalText(member)}`).join(',')}}`;
}

/** Reads the bytes of a bundle: checks 1 to 3. @throws BundleFault */
export function readCanonical(bytes: Uint8Array): Json {
  if (bytes.length === 0 || bytes.length > MAX_BYTES) throw new BundleFault(1, '', `not 1 to ${MAX_BYTES} bytes`);
  if (!bytes.every((byte) => byte >= 0x20 && byte <= 0x7e && byte !== 0x5c))
    throw new BundleFault(2, '', 'a byte is no printable ASCII character, or a backslash');
  const text = new TextDecoder().decode(bytes);
  const value = parsed(text);
  if (!isPlain(value, 1) || canonicalText(value) !== text) throw new BundleFault(3, '', 'not canonical JSON');
  return value;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new BundleFault(3, '', 'not JSON');
  }
}

/** Whole numbers from 0 to 2^53 - 1 only, members named by letters, and no deeper than eight levels. */
function isPlain(value: Json, depth: number): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0;
  if (typeof value !== 'object' || value === null) return true;
  if (depth > MAX_DEPTH || !(Array.isArray(value) || Object.keys(value).every((name) => /^[A-Za-z]+$/.test(name))))
    return false;
  return Object.values(value).every((member: Json) => isPlain(member, depth + 1));
}
