import { CompactSign, compactVerify, decodeProtectedHeader, type CryptoKey } from 'jose';
import type { z } from 'zod';
import { EnvelopeError } from './errors.js';
import type { KeyDirectory, KeyOwner } from './key-directory.js';
import { importKey, type KeyUse, type PrivateKey } from './keys.js';

/** The types of signed objects. The type stands in the protected header, so that one can never pass for another. */
export const signedTypes = {
  assessment: 'assessment+jwt',
  act: 'consent-act+jwt',
  receipt: 'consent-receipt+jwt',
  permit: 'permit+jwt',
  request: 'data-request+jwt',
  record: 'record+jwt',
  carried: 'carried-record+jwt',
  release: 'release+jwt',
  delivery: 'delivery-receipt+jwt',
  message: 'border-message+jwt',
  actor: 'actor+jwt',
  withdrawal: 'consent-withdrawal+jwt',
  endStatement: 'consent-end-statement+jwt',
  webhook: 'webhook+jwt',
} as const;
export type SignedType = keyof typeof signedTypes;

/** Signs claims as a compact JWS. `key.use` must fit the type's signer; the caller's schema has checked the claims. */
export async function sign(key: PrivateKey, type: SignedType, claims: Record<string, unknown>): Promise<string> {
  const header = { alg: 'ES256', typ: signedTypes[type], kid: key.kid };
  const bytes = new TextEncoder().encode(JSON.stringify(claims));
  return new CompactSign(bytes).setProtectedHeader(header).sign(await importKey(key.jwk, key.use));
}

export type Expectation<T extends z.ZodType> = Readonly<{
  type: SignedType;
  schema: T;
  /** Owners that may sign it. */
  by: KeyOwner | readonly KeyOwner[];
  use?: KeyUse;
  keys: KeyDirectory;
  at: Date;
}>;

/**
 * Verifies a compact JWS: type, key from the directory, owner, signature; only then is it parsed, and only then is its
 * life checked (`exp` when the claims have one, `iat` at most a minute ahead).
 * @returns the claims, by the schema
 * @throws EnvelopeError with the specific code
 */
export const verify = async <T extends z.ZodType>(jws: string, expected: Expectation<T>): Promise<z.infer<T>> =>
  (await verifyFrom(jws, expected)).claims;

/** As `verify`, and says who of those who may sign did. */
export async function verifyFrom<T extends z.ZodType>(
  jws: string,
  expected: Expectation<T>,
): Promise<{ claims: z.infer<T>; owner: KeyOwner }> {
  const header = headerOf(jws);
  if (header.typ !== signedTypes[expected.type])
    throw new EnvelopeError('signature-invalid', `not of type \`${signedTypes[expected.type]}\``);
  const found = header.kid ? expected.keys.find(header.kid, expected.at) : null;
  if (!found) throw new EnvelopeError('signer-unknown', 'signing key is not in the key directory');
  const owners = typeof expected.by === 'string' ? [expected.by] : expected.by;
  if (!owners.includes(found.owner) || found.use !== (expected.use ?? 'sig'))
    throw new EnvelopeError('signer-not-allowed', `\`${found.owner}\` may not sign this`);
  const payload = await payloadOf(jws, await importKey(found.key, found.use));
  const parsed = expected.schema.safeParse(payload);
  if (!parsed.success)
    throw new EnvelopeError('signature-invalid', 'signed claims have another shape', { cause: parsed.error });
  checkLife(payload, expected.at);
  return { claims: parsed.data, owner: found.owner };
}

function headerOf(jws: string): { typ?: string; kid?: string } {
  try {
    return decodeProtectedHeader(jws);
  } catch (cause) {
    throw new EnvelopeError('signature-invalid', 'not a signed object', { cause });
  }
}

async function payloadOf(jws: string, key: CryptoKey): Promise<unknown> {
  try {
    const { payload } = await compactVerify(jws, key, { algorithms: ['ES256'] });
    return JSON.parse(new TextDecoder().decode(payload)) as unknown;
  } catch (cause) {
    throw new EnvelopeError('signature-invalid', 'signature does not fit the bytes', { cause });
  }
}

const LEEWAY_MS = 60_000;

function checkLife(payload: unknown, at: Date): void {
  const { exp, iat } = payload as { exp?: number; iat?: number };
  if (typeof exp === 'number' && exp * 1000 <= at.getTime())
    throw new EnvelopeError('signed-object-expired', 'signed object has expired');
  if (typeof iat === 'number' && iat * 1000 > at.getTime() + LEEWAY_MS)
    throw new EnvelopeError('signed-object-expired', 'signed object is from the future');
}

/** Seconds since 1970, as JWT claims count. */
export const epochSeconds = (at: Date): number => Math.floor(at.getTime() / 1000);
