import { DataRequestId, Digest, Instant, Jurisdiction, ParticipantId, Signed } from '@bayway/domain';
import { z } from 'zod';
import { Refusal } from './assessment.js';

/** `POST /data-requests`: the partner's signed request. The `Idempotency-Key` header is required. */
export const MakeDataRequest = z.strictObject({ signedRequest: Signed });
export type MakeDataRequest = z.infer<typeof MakeDataRequest>;

/** Where a request stands, as its partner sees it. */
export const DataRequestState = z.enum(['sent', 'ready', 'delivered', 'receipted', 'refused', 'failed', 'ended']);
export type DataRequestState = z.infer<typeof DataRequestState>;

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
});
export type DataRequestView = z.infer<typeof DataRequestView>;

/** `POST /data-requests/:id/receipt`. */
export const GiveReceipt = z.strictObject({ receipt: Signed });
export type GiveReceipt = z.infer<typeof GiveReceipt>;
