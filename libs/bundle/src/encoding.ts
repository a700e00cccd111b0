import { fromBase64, sha256, toBase64 } from '@bayway/transparency';

const utf8 = new TextEncoder();

/** UTF-8 bytes. */
export const bytesOf = (text: string): Uint8Array => utf8.encode(text);

/** base64url without padding (RFC 4648 section 5). */
export const toBase64url = (bytes: Uint8Array): string =>
  toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

/** Bytes of a base64url text that {@link isBase64url} takes. */
export const fromBase64url = (text: string): Uint8Array =>
  fromBase64(text.replaceAll('-', '+').replaceAll('_', '/') + '='.repeat((4 - (text.length % 4)) % 4));

/** Whether a text is the one base64url form of some bytes, at least one: no padding, no stray bits at the end. */
export function isBase64url(text: string): boolean {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return false;
  try {
    fromBase64url(text);
    return true;
  } catch {
    return false;
  }
}

/** SHA-256 of a text's bytes, base64url. */
export const digestOf = (text: string): string => toBase64url(sha256(bytesOf(text)));

/** HMAC-SHA-256 (RFC 2104) under a key of 32 bytes. */
export function hmac(key: Uint8Array, message: Uint8Array): Uint8Array {
  const pad = (byte: number): Uint8Array => Uint8Array.from({ length: 64 }, (_, i) => (key[i] ?? 0) ^ byte);
  return sha256(joined(pad(0x5c), sha256(joined(pad(0x36), message))));
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}
