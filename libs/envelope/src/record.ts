import { CompactEncrypt, compactDecrypt } from 'jose';
import {
  ConsentId,
  DataRange,
  DatasetId,
  Day,
  Digest,
  ItemId,
  Mode,
  ParticipantId,
  SubjectHandle,
} from '@bayway/domain';
import { z } from 'zod';
import { EnvelopeError } from './errors.js';
import type { KeyDirectory, KeyOwner } from './key-directory.js';
import { importKey, type PrivateKey, type PublicKey } from './keys.js';
import { sign, verify } from './signed.js';

/** A record as the holder signs it: only permitted items, about a handle, under conditions. */
export const RecordClaims = z.object({
  iss: ParticipantId,
  iat: z.int(),
  sub: SubjectHandle,
  requestDigest: Digest,
  consentId: ConsentId,
  dataset: DatasetId,
  /** Absent: the record itself (`transfer`). */
  mode: Mode.optional(),
  /** The days that the rows are of, where only some were asked for. */
  data_range: DataRange.optional(),
  /** Last day on which the recipient may keep the record. */
  retention_until: Day.optional(),
  /** Item id → what the holder's own system says, validated against the dataset's schema; in mode `answer` answer id → the answer. */
  items: z.record(ItemId, z.unknown()),
  /** Items left out by a rule, with the rule, so that an absence is never read as a "none". */
  left_out: z.array(z.strictObject({ item: z.string().max(40), rule: z.string().max(40) })).max(50),
  /** Obligations the recipient takes on. */
  conditions: z
    .array(
      z.object({ code: z.string().max(60), due: z.string().max(12).optional(), rule: z.string().max(40).optional() }),
    )
    .max(80),
});
export type RecordClaims = z.infer<typeof RecordClaims>;

/** Signs a record with the holder's key, then encrypts it so that only the recipient can read it (JWS in JWE). */
export const sealRecord = async (holder: PrivateKey, recipient: Recipient, record: RecordClaims): Promise<string> =>
  sealSigned(await sign(holder, 'record', record), recipient);

/** The second half of `sealRecord`, for whoever keeps the digest of the signed record. */
export async function sealSigned(signed: string, recipient: Recipient): Promise<string> {
  const header = { alg: 'ECDH-ES', enc: 'A256GCM', kid: recipient.kid, cty: 'record+jwt' };
  return new CompactEncrypt(new TextEncoder().encode(signed))
    .setProtectedHeader(header)
    .encrypt(await importKey(recipient.key, 'enc'));
}
type Recipient = Readonly<{ kid: string; key: PublicKey }>;

/** Decrypts a record as its recipient and verifies the holder's signature. @throws EnvelopeError */
export async function openRecord(
  ciphertext: string,
  recipient: PrivateKey,
  trust: { by: KeyOwner; keys: KeyDirectory; at: Date },
): Promise<{ record: RecordClaims; signed: string }> {
  const signed = await decrypt(ciphertext, recipient);
  return { record: await verify(signed, { type: 'record', schema: RecordClaims, ...trust }), signed };
}

/** Encrypts a small answer to one connector or participant. */
export async function encryptTo(recipient: { kid: string; key: PublicKey }, value: unknown): Promise<string> {
  const header = { alg: 'ECDH-ES', enc: 'A256GCM', kid: recipient.kid };
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(value)))
    .setProtectedHeader(header)
    .encrypt(await importKey(recipient.key, 'enc'));
}

/** Opens what `encryptTo` closed. @throws EnvelopeError when it was for another key or was altered */
export const decryptValue = async (jwe: string, recipient: PrivateKey): Promise<unknown> =>
  JSON.parse(await decrypt(jwe, recipient)) as unknown;

async function decrypt(jwe: string, recipient: PrivateKey): Promise<string> {
  try {
    const options = { keyManagementAlgorithms: ['ECDH-ES'], contentEncryptionAlgorithms: ['A256GCM'] };
    const { plaintext } = await compactDecrypt(jwe, await importKey(recipient.jwk, 'enc'), options);
    return new TextDecoder().decode(plaintext);
  } catch (cause) {
    throw new EnvelopeError('signature-invalid', 'ciphertext is for another key or was altered', { cause });
  }
}
