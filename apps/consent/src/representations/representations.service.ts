import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type RecordRepresentation, type RepresentationView } from '@bayway/contracts';
import { recordEvidence } from '@bayway/service';
import type { EntityManager } from 'typeorm';
import { bayDay } from '../consents/bay-day.js';
import { Transactions } from '../transactions.js';
import { assertGuarded, lastGuardedDay } from './representation.js';
import { RepresentationEntity, RepresentationEndEntity } from './representation.entity.js';

const invalid = (pointer: string, detail: string): DomainError =>
  new DomainError('request-invalid', { errors: [{ pointer, detail }] });

/** Powers to act for somebody: entered by an administrator who has seen the proof, and taken back. */
@Injectable()
export class RepresentationsService {
  constructor(@Inject(Transactions) private readonly transactions: Transactions) {}

  /** @throws DomainError `request-invalid`, `subject-of-age` */
  record(by: string, body: RecordRepresentation): Promise<RepresentationView> {
    const row = rowOf(by, body, new Date());
    return this.transactions.run(async (tx) => {
      await tx.insert(RepresentationEntity, row);
      await note(tx, row, 'recorded');
      return viewOf(row, null);
    });
  }

  /** In force at once: nobody acts by it any more. @throws DomainError `representation-not-found`, `representation-ended` */
  end(by: string, id: string): Promise<RepresentationView> {
    return this.transactions.run(async (tx) => {
      const row = await tx.findOneBy(RepresentationEntity, { id });
      if (!row) throw new DomainError('representation-not-found');
      const at = new Date();
      const end = { representationId: id, recordedBy: by, at };
      const inserted = await tx
        .createQueryBuilder()
        .insert()
        .into(RepresentationEndEntity)
        .values(end)
        .orIgnore()
        .returning('representation_id')
        .execute();
      if ((inserted.raw as unknown[]).length === 0) throw new DomainError('representation-ended');
      await note(tx, row, 'ended');
      return viewOf(row, at);
    });
  }

  /** Who may act, or once might, for a subject; newest first. */
  of(subjectId: string): Promise<{ items: RepresentationView[] }> {
    return this.transactions.run(async (tx) => {
      const rows = await tx.find(RepresentationEntity, {
        where: { subjectId },
        order: { recordedAt: 'desc' },
        take: 50,
      });
      const items = [];
      for (const row of rows) {
        const end = await tx.findOneBy(RepresentationEndEntity, { representationId: row.id });
        items.push(viewOf(row, end?.at ?? null));
      }
      return { items };
    });
  }
}

function rowOf(by: string, body: RecordRepresentation, at: Date): RepresentationEntity {
  const { kind, subject, actorId, relation, proof, datasets = null, bornOn } = body;
  if (by === actorId || by === subject.id) throw invalid('#/actorId', 'nobody enters a power for herself');
  if (subject.id === actorId) throw invalid('#/actorId', 'is the subject');
  const isGuardian = kind === 'guardian';
  if (isGuardian !== (subject.kind === 'person')) throw invalid('#/subject/kind', 'does not go with the kind of power');
  if (isGuardian !== ['parent', 'guardian'].includes(relation))
    throw invalid('#/relation', 'does not go with the kind of power');
  if (isGuardian) assertGuarded({ kind: 'person', bornOn }, at);
  const guarded = isGuardian && bornOn !== undefined ? lastGuardedDay(bornOn) : body.validUntil;
  const validUntil = guarded < body.validUntil ? guarded : body.validUntil;
  const validFrom = body.validFrom ?? bayDay(at);
  if (validUntil < validFrom) throw invalid('#/validUntil', 'ends before it begins');
  return {
    id: randomUUID(),
    kind,
    subjectId: subject.id,
    actorId,
    relation,
    proofKind: proof.kind,
    proofDigest: proof.digest,
    datasets,
    validFrom,
    validUntil,
    recordedBy: by,
    recordedAt: at,
  };
}

const note = (tx: EntityManager, row: RepresentationEntity, what: string): Promise<string> =>
  recordEvidence(tx, 'representation.changed', {
    representationId: row.id,
    what,
    kind: row.kind,
    proofDigest: row.proofDigest,
  });

const viewOf = (row: RepresentationEntity, endedAt: Date | null): RepresentationView => ({
  id: row.id,
  kind: row.kind,
  relation: row.relation,
  proof: { kind: row.proofKind as RepresentationView['proof']['kind'], digest: row.proofDigest },
  datasets: row.datasets,
  validFrom: row.validFrom,
  validUntil: row.validUntil,
  recordedAt: row.recordedAt.toISOString(),
  endedAt: endedAt?.toISOString() ?? null,
});
