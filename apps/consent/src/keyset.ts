import { DomainError } from '@bayway/contracts';
import { z } from 'zod';

/** Where a page ended: instant and id of its last row in the order. */
const Place = z.tuple([z.iso.datetime(), z.uuid()]);
export type Place = z.infer<typeof Place>;

export const encodeCursor = (at: Date, id: string): string =>
  Buffer.from(`${at.toISOString()} ${id}`).toString('base64url');

/** @throws DomainError `request-invalid` */
export function decodeCursor(cursor: string): Place {
  const place = Place.safeParse(Buffer.from(cursor, 'base64url').toString().split(' '));
  if (place.success) return place.data;
  throw new DomainError('request-invalid', { errors: [{ pointer: '#/after', detail: 'is not one of ours' }] });
}
