import { DomainError } from '@bayway/contracts';
import type { EntityManager } from 'typeorm';

/**
 * Puts a commitment in line for the log, in the caller's transaction. One that is in line or in the log already is
 * passed over: both sides' services may send the same one.
 *
 * @param commitment 32 bytes, base64url
 * @throws DomainError `log-entry-invalid` when the text is not the canonical form of 32 bytes
 */
export async function enqueue(tx: EntityManager, commitment: string): Promise<void> {
  const bytes = Buffer.from(commitment, 'base64url');
  if (bytes.length !== 32 || bytes.toString('base64url') !== commitment) throw new DomainError('log-entry-invalid');
  await tx.query(
    `insert into pending_entry (commitment)
     select $1 where not exists (select 1 from log_entry where commitment = $1) on conflict do nothing`,
    [bytes],
  );
}
