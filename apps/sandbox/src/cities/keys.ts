import { createECDH, createHmac } from 'node:crypto';
import type { JWK } from 'jose';

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** Bytes that only the holder of the sandbox secret can name, the same at every start. */
export const derived = (secret: string, label: string): Buffer => createHmac('sha512', secret).update(label).digest();

const part = (bytes: Buffer): string => bytes.toString('base64url');

export type CityKey = JWK & { kid: string };

/**
 * The signing key of a city, ES256. It follows from the sandbox secret, so that a restart keeps the key and sign-ins made
 * before it stay verifiable, without a key file per city.
 */
export function citySigningKey(secret: string, slug: string): CityKey {
  const scalar = (BigInt(`0x${derived(secret, `city key ${slug}`).toString('hex')}`) % (ORDER - 1n)) + 1n;
  const d = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex');
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(d);
  const point = pair.getPublicKey();
  const kid = part(derived(secret, `city key id ${slug}`).subarray(0, 12));
  return {
    kty: 'EC',
    crv: 'P-256',
    x: part(point.subarray(1, 33)),
    y: part(point.subarray(33)),
    d: part(d),
    alg: 'ES256',
    use: 'sig',
    kid,
  };
}
