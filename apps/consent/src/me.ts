import { DomainError } from '@bayway/contracts';
import { currentActor } from '@bayway/service';

/** Who is signed in: the resident, or the administrator, that the access token names. @throws DomainError `token-missing` */
export function me(): string {
  const actor = currentActor();
  if (!actor) throw new DomainError('token-missing');
  return actor.subject;
}
