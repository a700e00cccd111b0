import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';

const LONGEST_WAIT_S = 10;

/** What a partner may wish for in the headers of a call. */
export const WishesOfCall = z.object({
  /** `Idempotency-Key`: 1 to 64 visible ASCII characters. */
  idempotencyKey: z
    .string()
    .regex(/^[\x21-\x7e]{1,64}$/, 'is 1 to 64 visible ASCII characters')
    .optional(),
  /** `Prefer: wait=N` (RFC 7240 section 4.3), in milliseconds; 0 without it, ten seconds at most. */
  waitMs: z
    .int()
    .min(0)
    .max(LONGEST_WAIT_S * 1000),
});
export type WishesOfCall = z.infer<typeof WishesOfCall>;

/** Reads the headers that steer a call. */
export const Wishes = createParamDecorator((_data: unknown, context: ExecutionContext): WishesOfCall => {
  const request = context.switchToHttp().getRequest<Request>();
  const idempotencyKey = request.header('idempotency-key') ?? '';
  return { ...(idempotencyKey === '' ? {} : { idempotencyKey }), waitMs: waitMsOf(request.header('prefer')) };
});

function waitMsOf(header = ''): number {
  const seconds = /(?:^|[,;\s])wait\s*=\s*(\d{1,4})(?:$|[,;\s])/.exec(header)?.[1] ?? '0';
  return Math.min(Number(seconds), LONGEST_WAIT_S) * 1000;
}
