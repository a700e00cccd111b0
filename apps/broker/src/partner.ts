import { DomainError } from '@bayway/contracts';
import { ParticipantId } from '@bayway/domain';
import { currentActor } from '@bayway/service';

/** The participant that calls: its client id at this jurisdiction's identity service. @throws DomainError `access-denied` */
export function partner(): ParticipantId {
  const id = ParticipantId.safeParse(currentActor()?.clientId);
  if (!id.success) throw new DomainError('access-denied');
  return id.data;
}
