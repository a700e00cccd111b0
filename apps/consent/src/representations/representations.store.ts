import { DomainError } from '@bayway/contracts';
import { bayDay, type SubjectFacts } from '@bayway/domain';
import type { EntityManager } from 'typeorm';
import { assertGuarded, covers, type ActingAs } from './representation.js';
import { RepresentationEntity, RepresentationEndEntity } from './representation.entity.js';

const MOST_POWERS = 50;

/** Powers that nobody has taken back. */
const inForce = (
  db: EntityManager,
  of: Readonly<{ actorId: string; subjectId?: string }>,
): Promise<RepresentationEntity[]> =>
  db
    .createQueryBuilder(RepresentationEntity, 'r')
    .leftJoin(RepresentationEndEntity, 'e', 'e.representationId = r.id')
    .where(of)
    .andWhere('e.representationId is null')
    .orderBy('r.recordedAt')
    .take(MOST_POWERS)
    .getMany();

const powersOf = (db: EntityManager, actorId: string, subjectId: string): Promise<RepresentationEntity[]> =>
  inForce(db, { actorId, subjectId });

/** For whom somebody may answer about a dataset at `at`. */
export async function powersOfActor(
  db: EntityManager,
  actorId: string,
  { dataset, at }: { dataset: string; at: Date },
): Promise<RepresentationEntity[]> {
  const today = bayDay(at);
  return (await inForce(db, { actorId }))
    .filter(({ validFrom, validUntil }) => validFrom <= today && today <= validUntil)
    .filter(({ datasets }) => datasets === null || datasets.includes(dataset));
}

/** Whether somebody may act for a subject today, in whatever. */
export async function mayActFor(db: EntityManager, actorId: string, subjectId: string): Promise<boolean> {
  const today = bayDay(new Date());
  return (await powersOf(db, actorId, subjectId)).some(
    ({ validFrom, validUntil }) => validFrom <= today && today <= validUntil,
  );
}

/**
 * As what the actor answers for the subject: herself, or by a recorded power that covers this. An organisation acts by
 * its signatories only.
 * @throws DomainError `representation-missing`, `subject-of-age`
 */
export async function actingAs(
  db: EntityManager,
  { actorId, subjectId }: { actorId: string; subjectId: string },
  about: { facts: SubjectFacts; dataset: string; at: Date },
): Promise<ActingAs> {
  if (actorId === subjectId) {
    if (about.facts.kind === 'organisation') throw new DomainError('representation-missing');
    return 'self';
  }
  const powers = await powersOf(db, actorId, subjectId);
  if (powers.length === 0) throw new DomainError('representation-missing');
  assertGuarded(about.facts, about.at);
  const power = powers.find((one) => covers(one, about));
  if (!power) throw new DomainError('representation-missing');
  return power.kind;
}
