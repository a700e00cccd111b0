import { TransparencyError } from './transparency-error.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The parts, one after the other, in new memory. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Whether two byte strings are the same. Not constant in time: everything compared in a log is public. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Lowercase hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Bytes of a lowercase hexadecimal text.
 *
 * @throws TransparencyError `encoding-invalid`
 */
export function fromHex(text: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new TransparencyError('encoding-invalid', 'not lowercase hexadecimal');
  return Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16));
}

/**
 * UTF-8 bytes of a text.
 *
 * @throws TransparencyError `encoding-invalid` when the text holds half a surrogate pair, which has no UTF-8 form
 */
export function toUtf8(text: string): Uint8Array {
  if (/\p{Surrogate}/u.test(text)) throw new TransparencyError('encoding-invalid', 'text holds an unpaired surrogate');
  return encoder.encode(text);
}

/**
 * The text of UTF-8 bytes; a byte order mark is kept as a character.
 *
 * @throws TransparencyError `encoding-invalid` when the bytes are not UTF-8
 */
export function fromUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new TransparencyError('encoding-invalid', 'not valid UTF-8', { cause });
  }
}
