import { Controller, Inject, type Type } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { EVIDENCE_PAGE, evidenceRecordsOf, type EvidenceStatement, type RecordKeeper } from '@bayway/contracts';
import { DataSource } from 'typeorm';
import { Access } from './access.js';
import { Handles } from './handles.js';

type Page = { statements: EvidenceStatement[] };

/** How a service shows its evidence records to its jurisdiction's evidence service, page by page, oldest first. */
export function evidenceRecordsController(service: RecordKeeper): Type {
  const contract = evidenceRecordsOf[service];

  @Controller()
  class EvidenceRecordsController {
    constructor(@Inject(DataSource) private readonly db: DataSource) {}

    @Handles(contract)
    @Access('services')
    async page(@Payload({ schema: contract.request }) { after }: { after: string | null }): Promise<Page> {
      return { statements: await readEvidence(this.db, after) };
    }
  }
  return EvidenceRecordsController;
}

/** A service's own records behind the one named `after`, oldest first, a page at most; of an unknown name there is none. */
export async function readEvidence(db: DataSource, after: string | null): Promise<EvidenceStatement[]> {
  // The time as text: a Date would cut its microseconds, and the page would begin with the same record again.
  const [last] = await db.query<{ at: string }[]>('select recorded_at::text as at from evidence_record where id = $1', [
    after,
  ]);
  if (after !== null && !last) return [];
  return db.query<EvidenceStatement[]>(
    `select id, record, salt, commitment from evidence_record
      where (recorded_at, id) > ($1::timestamptz, $2::uuid) order by recorded_at, id limit $3`,
    [last?.at ?? '-infinity', after ?? FIRST, EVIDENCE_PAGE],
  );
}

const FIRST = '00000000-0000-0000-0000-000000000000';
