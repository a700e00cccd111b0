import {
  CompactEncrypt,
  calculateJwkThumbprint,
  compactDecrypt,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
  type JWK,
} from 'jose';
import { z } from 'zod';

/** What a key may be used for. A key has one use. */
export const KeyUse = z.enum(['sig', 'enc', 'client', 'oidc', 'log', 'witness', 'root']);
export type KeyUse = z.infer<typeof KeyUse>;

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** The public part of a key: P-256 for signatures and key agreement, Ed25519 for logs and witnesses (C2SP). */
export const PublicKey = z.discriminatedUnion('kty', [
  z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinate, y: coordinate }),
  z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: coordinate }),
]);
export type PublicKey = z.infer<typeof PublicKey>;

/** A private key in memory: never logged, never stored in the clear. */
export type PrivateKey = Readonly<{ use: KeyUse; kid: string; publicKey: PublicKey; jwk: JWK }>;

/** The JOSE algorithm of a use: the one place where another suite would be added. */
export const algorithmOf = (use: KeyUse): 'ES256' | 'ECDH-ES' | 'EdDSA' =>
  use === 'enc' ? 'ECDH-ES' : use === 'log' || use === 'witness' ? 'EdDSA' : 'ES256';

/** Makes a key pair for a use. The `kid` is its RFC 7638 thumbprint. */
export async function newKey(use: KeyUse): Promise<PrivateKey> {
  const alg = algorithmOf(use);
  const options = {
    extractable: true,
    ...(alg === 'EdDSA' ? { crv: 'Ed25519' } : {}),
    ...(alg === 'ECDH-ES' ? { crv: 'P-256' } : {}),
  };
  const pair = await generateKeyPair(alg, options);
  return privateKeyOf(use, await exportJWK(pair.privateKey));
}

/** Reads a private JWK. Throws a ZodError when its public part is not of the suite. */
export async function privateKeyOf(use: KeyUse, jwk: JWK): Promise<PrivateKey> {
  const publicKey = PublicKey.parse(publicPart(jwk));
  return { use, kid: await calculateJwkThumbprint(publicKey), publicKey, jwk };
}

function publicPart({ kty, crv, x, y }: JWK): JWK {
  return kty === 'EC' ? { kty, crv, x, y } : { kty, crv, x };
}

/** A key ready for use by jose. Imports are cached: importing costs as much as signing. */
export async function importKey(jwk: JWK | PublicKey, use: KeyUse): Promise<CryptoKey> {
  const known = imported.get(jwk);
  if (known) return known;
  const key = (await importJWK(jwk as JWK, algorithmOf(use))) as CryptoKey;
  imported.set(jwk, key);
  return key;
}
const imported = new WeakMap<object, CryptoKey>();

/** Encrypts a private key under a 256-bit key-encryption key (base64url), for a file outside the database. */
export async function sealKey(key: PrivateKey, kek: string): Promise<string> {
  const plain = new TextEncoder().encode(JSON.stringify({ use: key.use, jwk: key.jwk }));
  return new CompactEncrypt(plain)
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(Buffer.from(kek, 'base64url'));
}

/** Opens what `sealKey` sealed. Throws when the key-encryption key is another one. */
export async function openKey(sealed: string, kek: string): Promise<PrivateKey> {
  const { plaintext } = await compactDecrypt(sealed, Buffer.from(kek, 'base64url'));
  const { use, jwk } = SealedKey.parse(JSON.parse(new TextDecoder().decode(plaintext)));
  return privateKeyOf(use, jwk);
}
const SealedKey = z.object({ use: KeyUse, jwk: z.record(z.string(), z.unknown()) });

/** Encrypts the offline root under a passphrase (PBES2, 310,000 rounds). */
export async function sealRoot(key: PrivateKey, passphrase: string): Promise<string> {
  const plain = new TextEncoder().encode(JSON.stringify({ use: key.use, jwk: key.jwk }));
  return new CompactEncrypt(plain)
    .setProtectedHeader({ alg: 'PBES2-HS256+A128KW', enc: 'A256GCM' })
    .setKeyManagementParameters({ p2c: ROOT_ROUNDS })
    .encrypt(new TextEncoder().encode(passphrase));
}
const ROOT_ROUNDS = 310_000;

/** Opens the offline root. Throws when the passphrase is wrong. */
export async function openRoot(sealed: string, passphrase: string): Promise<PrivateKey> {
  const options = { keyManagementAlgorithms: ['PBES2-HS256+A128KW'], maxPBES2Count: ROOT_ROUNDS };
  const { plaintext } = await compactDecrypt(sealed, new TextEncoder().encode(passphrase), options);
  const { use, jwk } = SealedKey.parse(JSON.parse(new TextDecoder().decode(plaintext)));
  return privateKeyOf(use, jwk);
}
