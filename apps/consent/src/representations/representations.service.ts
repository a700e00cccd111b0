import { bayDay } from '@bayway/domain';
import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  DomainError,
  enrolSubject,
  type EnrolRepresentation,
  type powersToAct,
  type RecordRepresentation,
  type RepresentationView,
} from '@bayway/contracts';
import { Bus, recordEvidence, Transactions } from '@bayway/service';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { assertGuarded, lastGuardedDay } from './representation.js';
import { RepresentationEntity, RepresentationEndEntity } from './representation.entity.js';
import { powersOfActor } from './representations.store.js';

const invalid = (pointer: string, detail: string): DomainError =>
  new DomainError('request-invalid', { errors: [{ pointer, detail }] });

/** Powers to act for somebody: entered by an administrator who has seen the proof, and taken back. */
@Injectable()
export class RepresentationsService {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Bus) private readonly bus: Bus,
  ) {}

  /** @throws DomainError `request-invalid`, `subject-of-age` */
  record(by: string, body: RecordRepresentation): Promise<RepresentationView> {
    const row = rowOf(by, body, new Date());
    return this.transactions.run(async (tx) => {
      await tx.insert(RepresentationEntity, row);
      await note(tx, row, 'recorded');
      return viewOf(row, null);
    });
  }

  /** Enters a power by its papers: identity says whom the documents name. @throws DomainError as `record`, `resident-not-found` */
  async enrol(by: string, { subject, actor, ...body }: EnrolRepresentation): Promise<RepresentationView> {
    const named = await this.bus.ask(enrolSubject, { subject, actor });
    const bornOn = subject.bornOn === undefined ? {} : { bornOn: subject.bornOn };
    return this.record(by, { ...body, subject: named.subject, actorId: named.actorId, ...bornOn });
  }

  /** For whom a resident may answer about a dataset. */
  powers(actorId: string, dataset: string): Promise<z.infer<typeof powersToAct.answer>> {
    return this.transactions.run(async (tx) => {
      const rows = await powersOfActor(tx, actorId, { dataset, at: new Date() });
      const bySubject = new Map(rows.map(({ kind, subjectId }) => [subjectId, { kind, subject: subjectId as never }]));
      return { powers: [...bySubject.values()] };
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

/** What does not go together. @throws DomainError `request-invalid`, `subject-of-age` */
function assertFits(by: string, body: RecordRepresentation, at: Date): void {
  const { kind, subject, actorId, relation, bornOn } = body;
  const isGuardian = kind === 'guardian';
  const faults: [boolean, string, string][] = [
    [by === actorId || by === subject.id, '#/actorId', 'nobody enters a power for herself'],
    [subject.id === actorId, '#/actorId', 'is the subject'],
    [isGuardian !== (subject.kind === 'person'), '#/subject/kind', 'does not go with the kind of power'],
    [isGuardian !== ['parent', 'guardian'].includes(relation), '#/relation', 'does not go with the kind of power'],
  ];
  const found = faults.find(([wrong]) => wrong);
  if (found) throw invalid(found[1], found[2]);
  if (isGuardian) assertGuarded({ kind: 'person', bornOn }, at);
}

/** Its days: until the day before the fourteenth birthday at the latest, where a guardian acts. */
function daysOf({ kind, bornOn, validFrom: from, validUntil: until }: RecordRepresentation, at: Date) {
  const guarded = kind === 'guardian' && bornOn !== undefined ? lastGuardedDay(bornOn) : until;
  const [validFrom, validUntil] = [from ?? bayDay(at), guarded < until ? guarded : until];
  if (validUntil < validFrom) throw invalid('#/validUntil', 'ends before it begins');
  return { validFrom, validUntil };
}

function rowOf(by: string, body: RecordRepresentation, at: Date): RepresentationEntity {
  assertFits(by, body, at);
  return {
    id: randomUUID(),
    kind: body.kind,
    subjectId: body.subject.id,
    actorId: body.actorId,
    relation: body.relation,
    proofKind: body.proof.kind,
    proofDigest: body.proof.digest,
    datasets: body.datasets ?? null,
    ...daysOf(body, at),
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
  proof: { kind: row.proofKind, digest: row.proofDigest },
  datasets: row.datasets,
  validFrom: row.validFrom,
  validUntil: row.validUntil,
  recordedAt: row.recordedAt.toISOString(),
  endedAt: endedAt?.toISOString() ?? null,
});
