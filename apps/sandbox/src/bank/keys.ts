import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { calculateJwkThumbprint, compactDecrypt, importJWK, type CryptoKey } from 'jose';
import { z } from 'zod';

/** The bank's private keys: OAuth client, signing of requests and receipts, decryption of records. */
export type BankKeys = Readonly<Record<'client' | 'sig' | 'enc', Readonly<{ kid: string; key: CryptoKey }>>>;

const Sealed = z.object({
  use: z.string().max(20),
  jwk: z.looseObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() }),
});

async function openNewest(folder: string, use: keyof BankKeys, kek: Uint8Array) {
  const files = (await readdir(folder)).filter((name) => new RegExp(`^${use}(-\\d+)?\\.jwe$`).test(name));
  const file = files.sort().at(-1);
  if (!file) throw new Error(`BANK_KEYS_DIR holds no key for ${use}`);
  const { plaintext } = await compactDecrypt((await readFile(join(folder, file), 'utf8')).trim(), kek);
  const { jwk } = Sealed.parse(JSON.parse(new TextDecoder().decode(plaintext)));
  const key = await importJWK(jwk, use === 'enc' ? 'ECDH-ES' : 'ES256');
  if (key instanceof Uint8Array) throw new TypeError(`BANK_KEYS_DIR: the key for ${use} is not a key pair`);
  return { kid: await calculateJwkThumbprint(jwk), key };
}

/**
 * Opens the bank's newest key of each use.
 * @param folder files `<use>.jwe` or `<use>-<n>.jwe`, the highest number counting: JWE (`dir`, A256GCM) of `{ use, jwk }`
 * @param kek the key-encryption key, 256 bits, base64url
 */
export async function openBankKeys(folder: string, kek: string): Promise<BankKeys> {
  const secret = Buffer.from(kek, 'base64url');
  const [client, sig, enc] = await Promise.all([
    openNewest(folder, 'client', secret),
    openNewest(folder, 'sig', secret),
    openNewest(folder, 'enc', secret),
  ]);
  return { client, sig, enc };
}
