import { TransparencyError } from './transparency-error.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUE = new Uint8Array(128).fill(0xff);
for (let i = 0; i < ALPHABET.length; i++) VALUE[ALPHABET.charCodeAt(i)] = i;

/** Standard base64 with padding (RFC 4648 section 4). */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const left = bytes.length - i;
    text += ALPHABET.charAt(group >> 18) + ALPHABET.charAt((group >> 12) & 63);
    text += left > 1 ? ALPHABET.charAt((group >> 6) & 63) : '=';
    text += left > 2 ? ALPHABET.charAt(group & 63) : '=';
  }
  return text;
}

/**
 * Bytes of a standard, padded base64 text. Only the one canonical form is taken: no white space, no missing padding, no
 * stray bits before the padding (RFC 4648 sections 3.2 to 3.5), so that equal bytes have equal texts.
 *
 * @throws TransparencyError `encoding-invalid`
 */
export function fromBase64(text: string): Uint8Array {
  const body = text.replace(/={1,2}$/, '');
  if (text.length % 4 !== 0) throw refused();
  const bytes = new Uint8Array(Math.floor((body.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let i = 0; i < body.length; i++) {
    const value = VALUE[body.charCodeAt(i)] ?? 0xff;
    if (value === 0xff) throw refused();
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = held >> bits;
  }
  if ((held & ((1 << bits) - 1)) !== 0) throw refused();
  return bytes;
}

const refused = () => new TransparencyError('encoding-invalid', 'not canonical base64');
