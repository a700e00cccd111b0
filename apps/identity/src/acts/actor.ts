import { randomUUID } from 'node:crypto';
import { ActClaims, audienceOf, signerOf, type ServiceName } from '@bayway/contracts';
import type { ActKind, Answer, AssuranceLevel, Jurisdiction } from '@bayway/domain';
import { digestOf, epochSeconds, sign } from '@bayway/envelope';
import { ActorClaims, type Keys } from '@bayway/service';
import type { Shown } from './shown.js';

const LIFE_SECONDS = 60;

type Signer = Readonly<{ keys: Keys; me: Jurisdiction }>;

/** Says to one service, for a minute, that this resident acts. */
export function signActor(
  { keys, me }: Signer,
  audience: ServiceName,
  who: Readonly<{ residentId: string; level: AssuranceLevel }>,
): Promise<string> {
  const iat = epochSeconds(new Date());
  const claims = ActorClaims.parse({
    iss: signerOf(me, 'identity'),
    aud: audienceOf(me, audience),
    sub: who.residentId,
    jti: randomUUID(),
    iat,
    exp: iat + LIFE_SECONDS,
    level: who.level,
  });
  return sign(keys.own('sig'), 'actor', claims);
}

/** One act: what she was shown, in which language, and what she answered. */
export function signAct(
  { keys, me }: Signer,
  act: Readonly<{ kind: ActKind; answer: Answer }>,
  about: Readonly<{ shown: Shown; subject: ActClaims['subject']; actorId: string }>,
): Promise<string> {
  const { askId, askDigest, shownDigest, language, level, subjectId } = about.shown;
  const claims = ActClaims.parse({
    iss: signerOf(me, 'identity'),
    jti: randomUUID(),
    iat: epochSeconds(new Date()),
    askId,
    askDigest,
    shownDigest,
    language,
    act: act.kind,
    answer: act.answer,
    subject: about.subject,
    // Who acted for the subject, by a name that is good under this ask only.
    ...(about.actorId === subjectId ? {} : { by: digestOf(`${askId} ${about.actorId}`) }),
    level,
  });
  return sign(keys.own('sig'), 'act', claims);
}
