import { fromBase64, toBase64 } from './base64.js';
import { concat, toUtf8 } from './bytes.js';
import { sha256 } from './sha256.js';
import { TransparencyError } from './transparency-error.js';

/** Signature types of signed notes that this library knows by their byte, and the length of their public keys. */
export const KEY_TYPES = {
  /** Ed25519 over the note text. */
  note: { byte: 0x01, publicKeySize: 32 },
  /** Timestamped Ed25519 cosignature of a checkpoint. */
  cosignature: { byte: 0x04, publicKeySize: 32 },
  /** Timestamped ML-DSA-44 cosignature; named and parsed here, verified elsewhere. */
  subtree: { byte: 0x06, publicKeySize: 1312 },
} as const;
export type KeyType = keyof typeof KEY_TYPES;

/** A public key under a name; `id` is the first four bytes of its hash as a number. */
export type VerifierKey = Readonly<{ name: string; id: number; type: KeyType; publicKey: Uint8Array }>;

const MAX_NAME_LENGTH = 255;

/**
 * Passes a key name through: not empty, at most 255 characters, no Unicode space, no plus, no control character.
 *
 * @throws TransparencyError `key-malformed`
 */
export function keyName(name: string): string {
  // eslint-disable-next-line no-control-regex -- the format forbids exactly these
  if (name.length > MAX_NAME_LENGTH || !/^[^\p{White_Space}\p{Surrogate}+\x00-\x1f]+$/u.test(name))
    throw refused('not a key name');
  return name;
}

/**
 * A key with its id, the first four bytes of SHA-256(name || 0x0A || type || public key) (signed-note).
 *
 * @throws TransparencyError `key-malformed`
 */
export function verifierKey(name: string, type: KeyType, publicKey: Uint8Array): VerifierKey {
  const { byte, publicKeySize } = KEY_TYPES[type];
  if (publicKey.length !== publicKeySize) throw refused('public key has another length');
  const hash = sha256(concat(toUtf8(`${keyName(name)}\n`), Uint8Array.of(byte), publicKey));
  return { name, id: new DataView(hash.buffer).getUint32(0), type, publicKey };
}

/** A key as one line: name, id in hexadecimal and base64 of type and public key, joined by `+` (signed-note vkey). */
export function formatVerifierKey({ name, id, type, publicKey }: VerifierKey): string {
  const material = toBase64(concat(Uint8Array.of(KEY_TYPES[type].byte), publicKey));
  return `${name}+${id.toString(16).padStart(8, '0')}+${material}`;
}

/**
 * Reads what {@link formatVerifierKey} writes, and checks the id against name and key.
 *
 * @throws TransparencyError `key-malformed`, `key-unsupported` for another type, `encoding-invalid`
 */
export function parseVerifierKey(vkey: string): VerifierKey {
  const [, name, id, material] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/su.exec(vkey) ?? [];
  if (!name || !id || !material) throw refused('not a verifier key');
  const bytes = fromBase64(material);
  const type = (Object.keys(KEY_TYPES) as KeyType[]).find((known) => KEY_TYPES[known].byte === bytes[0]);
  if (!type) throw new TransparencyError('key-unsupported', 'signature type is not supported');
  const key = verifierKey(name, type, bytes.slice(1));
  if (key.id !== Number.parseInt(id, 16)) throw refused('key id does not fit the key');
  return key;
}

const refused = (message: string) => new TransparencyError('key-malformed', message);
