import { DataRequestId, Digest, Instant, Jurisdiction, ParticipantId, Signed } from '@bayway/domain';
import { z } from 'zod';
import { Refusal } from './assessment.js';

/**
 * `POST /data-requests`: the partner's signed request. The `Idempotency-Key` header is required. Without a `deadline` a
 * request lives for 90 minutes, so that a border or a holder may be down for an hour; longer it never does.
 */
export const MakeDataRequest = z.strictObject({ signedRequest: Signed, deadline: Instant.optional() });
export type MakeDataRequest = z.infer<typeof MakeDataRequest>;

/** Where a request stands, as its partner sees it. */
export const DataRequestState = z.enum([
  'sent',
  'ready',
  'delivered',
  'receipted',
  'refused',
  'failed',
  'expired',
  'cancelled',
  'ended',
]);
export type DataRequestState = z.infer<typeof DataRequestState>;

/** One step of a request: where it went, when, and why (a code of the problem registry), when there is a reason. */
export const RequestStep = z.object({ state: z.string().max(20), reason: z.string().max(60).nullable(), at: Instant });
export type RequestStep = z.infer<typeof RequestStep>;

/** Why a request that is under way does not get on: a code of the problem registry, and when it is tried again. */
export const Delay = z.object({ reason: z.string().max(60), nextTryAt: Instant });
export type Delay = z.infer<typeof Delay>;

/** The request resource. `ready`: fetch `/data-requests/:id/record` (application/jose), then post the receipt. */
export const DataRequestView = z.object({
  id: DataRequestId,
  state: DataRequestState,
  holder: ParticipantId,
  exporter: Jurisdiction,
  createdAt: Instant,
  settledAt: Instant.nullable(),
  refusal: Refusal.nullable(),
  /** A code of the problem registry when the request was refused or failed. */
  problem: z.string().nullable(),
  record: z.object({ ciphertextDigest: Digest, size: z.int(), availableUntil: Instant }).nullable(),
  /** A request without an end by then expires. */
  deadlineAt: Instant,
  /** What a request that is `sent` waits for; null when it gets on. */
  waiting: Delay.nullable(),
  /** Every step so far, oldest first. */
  history: z.array(RequestStep).max(100),
});
export type DataRequestView = z.infer<typeof DataRequestView>;

/** `GET /data-requests`: a partner's own requests, newest first. */
export const DataRequestsQuery = z.strictObject({
  state: DataRequestState.optional(),
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type DataRequestsQuery = z.infer<typeof DataRequestsQuery>;
export const DataRequestsPage = z.object({
  items: z.array(DataRequestView.omit({ history: true, waiting: true })).max(100),
  next: z.string().max(200).nullable(),
});
export type DataRequestsPage = z.infer<typeof DataRequestsPage>;

/** `POST /data-requests/:id/receipt`. */
export const GiveReceipt = z.strictObject({ receipt: Signed });
export type GiveReceipt = z.infer<typeof GiveReceipt>;
