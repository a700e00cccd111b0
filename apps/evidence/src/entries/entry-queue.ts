import { DomainError } from '@bayway/contracts';
import type { EntityManager } from 'typeorm';

/**
 * Puts commitments in line for the log, in the caller's transaction. Both sides' services may send the same one: the
 * sequencer places it once.
 *
 * @param commitments 32 bytes each, base64url
 * @throws DomainError `log-entry-invalid` when a text is not the canonical form of 32 bytes
 */
export async function enqueue(tx: EntityManager, commitments: readonly string[]): Promise<void> {
  const bytes = Buffer.concat(commitments.map(bytesOf));
  await tx.query(
    `insert into pending_entry (commitment)
     select substring($1::bytea from 32 * i + 1 for 32) from generate_series(0, $2::int - 1) i`,
    [bytes, commitments.length],
  );
}

function bytesOf(commitment: string): Buffer {
  const bytes = Buffer.from(commitment, 'base64url');
  if (bytes.length !== 32 || bytes.toString('base64url') !== commitment) throw new DomainError('log-entry-invalid');
  return bytes;
}
