import { Instant } from '@bayway/domain';
import { z } from 'zod';

/** A fact of the outbox by its number, or a webhook by its id. */
export const DeadLetterId = z.string().regex(/^(fact-\d{1,18}|webhook-[0-9a-f-]{36})$/, 'is not the id of a letter');
export type DeadLetterId = z.infer<typeof DeadLetterId>;

/** A message that was set aside: its receiver refused it too often. What is in it is not shown. */
export const DeadLetterView = z.object({
  id: DeadLetterId,
  /** The fact's subject, or the webhook's event. */
  subject: z.string().max(100),
  /** The service, broker or partner that did not take it. */
  to: z.string().max(100),
  /** What it is about: the id of a request, a consent or another thing. */
  about: z.string().max(100),
  attempts: z.int(),
  /** Why it was refused last: a code. */
  failure: z.string().max(60).nullable(),
  createdAt: Instant,
  deadAt: Instant,
});
export type DeadLetterView = z.infer<typeof DeadLetterView>;

export const DeadLettersQuery = z.strictObject({
  kind: z.enum(['fact', 'webhook']),
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type DeadLettersQuery = z.infer<typeof DeadLettersQuery>;
export const DeadLettersPage = z.object({
  items: z.array(DeadLetterView).max(100),
  next: z.string().max(200).nullable(),
});
export type DeadLettersPage = z.infer<typeof DeadLettersPage>;
export const Replayed = z.object({ id: DeadLetterId });
export type Replayed = z.infer<typeof Replayed>;
