import { fromBase64 } from './base64.js';
import { concat, fromHex } from './bytes.js';
import { TransparencyError } from './transparency-error.js';

/** An Ed25519 key pair that can sign; the private half may live anywhere (WebCrypto, a key store, hardware). */
export type Ed25519Key = Readonly<{ publicKey: Uint8Array; sign: (message: Uint8Array) => Promise<Uint8Array> }>;

// DER of a PKCS #8 private key up to the 32 bytes of the seed (RFC 8410 section 7).
const PKCS8_PREFIX = fromHex('302e020100300506032b657004220420');
const ED25519 = 'Ed25519';

/**
 * A key pair from its 32-byte seed (RFC 8032 section 5.1.5), by WebCrypto.
 *
 * @throws TransparencyError `key-malformed` when the seed is not 32 bytes
 */
export async function ed25519FromSeed(seed: Uint8Array): Promise<Ed25519Key> {
  if (seed.length !== 32) throw new TransparencyError('key-malformed', 'an Ed25519 seed has 32 bytes');
  const { subtle } = globalThis.crypto;
  const pair = await subtle.importKey('pkcs8', concat(PKCS8_PREFIX, seed), ED25519, true, ['sign']);
  const { x } = await subtle.exportKey('jwk', pair);
  const publicKey = fromBase64(`${String(x).replaceAll('-', '+').replaceAll('_', '/')}=`);
  return { publicKey, sign: async (message) => new Uint8Array(await subtle.sign(ED25519, pair, copy(message))) };
}

/**
 * A function that tells whether a 64-byte signature (RFC 8032, no context) over a message is by this public key.
 * A signature of another length, or under a key that is no curve point, verifies as false.
 */
export function ed25519Verifier(
  publicKey: Uint8Array,
): (message: Uint8Array, signature: Uint8Array) => Promise<boolean> {
  const { subtle } = globalThis.crypto;
  let imported: ReturnType<typeof subtle.importKey> | undefined;
  return async (message, signature) => {
    imported ??= subtle.importKey('raw', copy(publicKey), ED25519, false, ['verify']);
    return subtle.verify(ED25519, await imported, copy(signature), copy(message));
  };
}

/** WebCrypto takes bytes in unshared memory only. */
const copy = (bytes: Uint8Array) => Uint8Array.from(bytes);
