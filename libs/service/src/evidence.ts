import { randomUUID } from 'node:crypto';
import { evidenceRecorded, SaltedRecord, type EvidenceType } from '@bayway/contracts';
import { commitmentTo, randomName } from '@bayway/envelope';
import type { DataSource, EntityManager } from 'typeorm';
import { addToOutbox, OUTBOX_ROWS, outboxValues } from './outbox.js';
import { prepared } from './prepared.js';

export type EvidenceRecord = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/**
 * Writes one evidence record in the caller's transaction: the record and its salt stay here, the commitment goes to the log.
 * @param record ids, codes and digests; never what a person could be known by
 * @returns the commitment, base64url
 */
export async function recordEvidence(tx: EntityManager, type: EvidenceType, record: EvidenceRecord): Promise<string> {
  const at = new Date();
  const salt = randomName();
  const full = { ...record, type, at: at.toISOString() };
  const commitment = commitmentTo(salt, full);
  const values = [randomUUID(), type, JSON.stringify(full), salt, commitment, at];
  await tx.query(RECORD, [...outboxValues(evidenceRecorded, recorded(commitment)), ...values]);
  return commitment;
}

/** The record and its way to the log, in one round trip. */
const RECORD = prepared(`
  with kept as (insert into evidence_record (id, type, record, salt, commitment, recorded_at)
    values ($7, $8, $9, $10, $11, $12)) ${OUTBOX_ROWS}`);

const recorded = (commitment: string) => ({
  aggregate: commitment,
  data: { commitment, at: new Date().toISOString() },
});

/** Sends a commitment that another party made (a release, by the exporter) to this side's log too. */
export const logCommitment = (tx: EntityManager, commitment: string): Promise<void> =>
  addToOutbox(tx, evidenceRecorded, recorded(commitment));

/**
 * The records of some types about one thing, oldest first, with their salts; those whose salt was destroyed are left out.
 * Whoever hands them on lets the receiver link them to the log: only to those who took part.
 * @param about members that the records have, such as `{ dataRequestId }`
 */
export async function evidenceAbout(
  db: DataSource,
  { types, about }: { types: readonly EvidenceType[]; about: EvidenceRecord },
): Promise<SaltedRecord[]> {
  const rows: unknown[] = await db.query(
    `select record, salt from evidence_record
     where type = any($1) and record @> $2 and salt is not null order by recorded_at limit 100`,
    [types, JSON.stringify(about)],
  );
  return rows.map((row) => SaltedRecord.parse(row));
}
