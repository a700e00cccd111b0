import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import type { Place } from '../keyset.js';
import type { Reach } from '../representations/representation.js';
import { ConsentEntity } from './consent.entity.js';

/** Whose consents are read: her own, and those of others that her powers reach. */
export type Whose = Readonly<{ subjectId: string; reach: readonly Reach[] }>;

/** One condition a power: each finds its rows by the index of subjects. */
function ofHers(db: EntityManager, { subjectId, reach }: Whose): SelectQueryBuilder<ConsentEntity> {
  const query = db.createQueryBuilder(ConsentEntity, 'c');
  const others = reach.map(({ datasets }, no) =>
    datasets === null ? `c.subjectId = :s${no}` : `(c.subjectId = :s${no} and c.detail->>'dataset' = any(:d${no}))`,
  );
  const named: Readonly<Record<string, unknown>> = Object.fromEntries<unknown>(
    reach.flatMap((power, no) => [
      [`s${no}`, power.subjectId],
      [`d${no}`, power.datasets],
    ]),
  );
  return query.where(`(${['c.subjectId = :subjectId', ...others].join(' or ')})`, { subjectId, ...named });
}

/** Her consents and those she may see for others, newest first, from after a place on. */
export function findPage(
  db: EntityManager,
  whose: Whose,
  { after, limit }: { after: Place | null; limit: number },
): Promise<ConsentEntity[]> {
  const query = ofHers(db, whose).orderBy('c.decidedAt', 'DESC').addOrderBy('c.id', 'DESC').take(limit);
  if (after) query.andWhere('(c.decidedAt, c.id) < (:at::timestamptz, :id::uuid)', { at: after[0], id: after[1] });
  return query.getMany();
}

/** How many there are. */
export const countOf = (db: EntityManager, whose: Whose): Promise<number> => ofHers(db, whose).getCount();
