import type { EntityManager } from 'typeorm';
import type { Place } from '../keyset.js';
import { ConsentEntity } from './consent.entity.js';

/** One subject's consents, newest first, from after a place on. */
export function findPage(
  db: EntityManager,
  { subjectId, after, limit }: { subjectId: string; after: Place | null; limit: number },
): Promise<ConsentEntity[]> {
  const query = db
    .createQueryBuilder(ConsentEntity, 'c')
    .where('c.subjectId = :subjectId', { subjectId })
    .orderBy('c.decidedAt', 'DESC')
    .addOrderBy('c.id', 'DESC')
    .take(limit);
  if (after) query.andWhere('(c.decidedAt, c.id) < (:at::timestamptz, :id::uuid)', { at: after[0], id: after[1] });
  return query.getMany();
}
