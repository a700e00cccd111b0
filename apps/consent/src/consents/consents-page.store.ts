import { DomainError } from '@bayway/contracts';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { ConsentEntity } from './consent.entity.js';

/** Where a page ended: the place of its last consent in the order. */
const Place = z.tuple([z.iso.datetime(), z.uuid()]);
type Place = z.infer<typeof Place>;

export const encodeCursor = ({ decidedAt, id }: ConsentEntity): string =>
  Buffer.from(`${decidedAt.toISOString()} ${id}`).toString('base64url');

/** @throws DomainError `request-invalid` */
export function decodeCursor(cursor: string): Place {
  const place = Place.safeParse(Buffer.from(cursor, 'base64url').toString().split(' '));
  if (place.success) return place.data;
  throw new DomainError('request-invalid', { errors: [{ pointer: '#/after', detail: 'is not one of ours' }] });
}

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
