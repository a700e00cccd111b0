import { randomUUID } from 'node:crypto';
import { Jurisdiction } from '@bayway/domain';
import { z } from 'zod';
import { EnvelopeError } from './errors.js';
import type { KeyDirectory } from './key-directory.js';
import type { PrivateKey } from './keys.js';
import { epochSeconds, sign, verifyFrom } from './signed.js';

/** Claims of a message at the border: who to whom, on which subject, for how long, and the data. */
const MessageClaims = z.strictObject({
  iss: z.string().max(60),
  from: Jurisdiction,
  to: Jurisdiction,
  sub: z.string().max(100),
  jti: z.uuid(),
  iat: z.int(),
  exp: z.int(),
  /** In an answer: the `jti` of the question. */
  re: z.uuid().optional(),
  data: z.unknown(),
});
export type BorderMessage = z.infer<typeof MessageClaims>;

export type MessageHead = Readonly<{ from: Jurisdiction; to: Jurisdiction; subject: string; re?: string }>;

const LIFE_SECONDS = 60;

/** Signs one message to another jurisdiction's broker. Valid for a minute; the receiver refuses it a second time. */
export function signMessage(key: PrivateKey, head: MessageHead, content: { data: unknown; at: Date }): Promise<string> {
  const iat = epochSeconds(content.at);
  const claims = {
    iss: `${head.from}/broker`,
    from: head.from,
    to: head.to,
    sub: head.subject,
    jti: randomUUID(),
    iat,
    exp: iat + LIFE_SECONDS,
    ...(head.re ? { re: head.re } : {}),
    data: content.data,
  };
  return sign(key, 'message', claims);
}

/**
 * Verifies a message before anything in it is used: signed by the sender's broker, for us, on this subject, alive.
 * Whether its `jti` was seen before is for the caller, who has the inbox.
 * @throws EnvelopeError
 */
export async function verifyMessage(
  jws: string,
  expected: { from?: Jurisdiction; to: Jurisdiction; subject: string; re?: string },
  trust: { keys: KeyDirectory; at: Date },
): Promise<BorderMessage> {
  const by = expected.from
    ? [`${expected.from}/broker`]
    : Jurisdiction.options.filter((j) => j !== expected.to).map((j) => `${j}/broker`);
  const { claims: message, owner } = await verifyFrom(jws, { type: 'message', schema: MessageClaims, by, ...trust });
  if (owner !== `${message.from}/broker` || message.iss !== owner)
    throw new EnvelopeError('signer-not-allowed', 'sender and signer differ');
  if (message.to !== expected.to || message.sub !== expected.subject || message.re !== expected.re)
    throw new EnvelopeError('message-misaddressed', 'message is for another receiver, subject or question');
  return message;
}
