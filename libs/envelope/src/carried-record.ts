import { createHmac } from 'node:crypto';
import { DatasetId, Digest, ItemId, ParticipantId } from '@bayway/domain';
import { z } from 'zod';

/**
 * A person's own record as its holder signs it for her to carry. Whoever gets the file from her can verify the signature;
 * that the holder gave it to the person it is said to be about, only the holder can say.
 */
export const CarriedRecordClaims = z.object({
  iss: ParticipantId,
  iat: z.int(),
  exp: z.int(),
  /** 256 random bits: the file cannot be found by guessing what it says. */
  nonce: Digest,
  dataset: DatasetId,
  items: z.record(ItemId, z.unknown()),
});
export type CarriedRecordClaims = z.infer<typeof CarriedRecordClaims>;

/**
 * What is compared in mode `verify`: HMAC-SHA-256 under a salt of the recipient's, good for one request, over the digest
 * (SHA-256, base64url) of the signed file. It says nothing to whoever has not the file.
 * @param carriedDigest digest of the compact JWS
 * @param salt 32 random bytes, base64url
 */
export const fingerprintOf = (carriedDigest: string, salt: string): string =>
  createHmac('sha256', Buffer.from(salt, 'base64url')).update(carriedDigest).digest('base64url');
