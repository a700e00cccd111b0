import { DomainError } from '@bayway/contracts';
import { currentActor } from '@bayway/service';

/** The subject that the caller's token names. @throws DomainError `token-missing` */
export function me(): string {
  const actor = currentActor();
  if (!actor) throw new DomainError('token-missing');
  return actor.subject;
}
