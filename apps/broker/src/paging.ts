import { DomainError } from '@bayway/contracts';
import type { z } from 'zod';

/** The place of a row in its order, as an opaque text. */
export const cursorOf = (place: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url');

/**
 * The place that a cursor names.
 * @throws DomainError `request-invalid` for a cursor that is not ours
 */
export function placeOf<P extends z.ZodType>(cursor: string, schema: P): z.infer<P> {
  const place = schema.safeParse(jsonOf(cursor));
  if (place.success) return place.data;
  throw new DomainError('request-invalid', { errors: [{ pointer: '#/after', detail: 'is not a cursor of ours' }] });
}

function jsonOf(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return null;
  }
}
