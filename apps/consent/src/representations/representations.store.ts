import { DomainError } from '@bayway/contracts';
import { bayDay, type SubjectFacts } from '@bayway/domain';
import type { EntityManager } from 'typeorm';
import { assertGuarded, covers, reaches, type ActingAs, type Reach } from './representation.js';
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

/** Of these, the powers that hold on the day of `at`. */
const onTheDay = (powers: readonly RepresentationEntity[], at: Date): RepresentationEntity[] => {
  const today = bayDay(at);
  return powers.filter(({ validFrom, validUntil }) => validFrom <= today && today <= validUntil);
};

/** For whom somebody may answer about a dataset at `at`. */
export async function powersOfActor(
  db: EntityManager,
  actorId: string,
  { dataset, at }: { dataset: string; at: Date },
): Promise<RepresentationEntity[]> {
  return onTheDay(await inForce(db, { actorId }), at).filter((power) => reaches(power, dataset));
}

/** Whose consents somebody may see and end beside her own today, and about which datasets. */
export const reachOf = async (db: EntityManager, actorId: string): Promise<Reach[]> =>
  onTheDay(await inForce(db, { actorId }), new Date());

/** Whether somebody may act for a subject today, about a dataset. */
export async function mayActFor(
  db: EntityManager,
  actorId: string,
  { subjectId, dataset }: { subjectId: string; dataset: string },
): Promise<boolean> {
  const powers = onTheDay(await powersOf(db, actorId, subjectId), new Date());
  return powers.some((power) => reaches(power, dataset));
}

/** As what somebody answers, and by which power; null: she herself. */
export type Acting = Readonly<{ as: ActingAs; power: RepresentationEntity | null }>;

/**
 * As what the actor answers for the subject: herself, or by a recorded power that covers this. An organisation acts by
 * its signatories only.
 * @param named the power that she was shown to act by, when she answers; no other one counts then
 * @throws DomainError `representation-missing`, `subject-of-age`
 */
export async function actingAs(
  db: EntityManager,
  { actorId, subjectId, named = null }: { actorId: string; subjectId: string; named?: string | null },
  about: { facts: SubjectFacts; dataset: string; at: Date },
): Promise<Acting> {
  if (actorId === subjectId) {
    if (about.facts.kind === 'organisation') throw new DomainError('representation-missing');
    return { as: 'self', power: null };
  }
  const powers = (await powersOf(db, actorId, subjectId)).filter(({ id }) => named === null || id === named);
  if (powers.length === 0) throw new DomainError('representation-missing');
  assertGuarded(about.facts, about.at);
  const power = powers.find((one) => covers(one, about));
  if (!power) throw new DomainError('representation-missing');
  return { as: power.kind, power };
}
