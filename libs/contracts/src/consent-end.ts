import {
  ConsentId,
  ConsentState,
  DataRequestId,
  Day,
  Instant,
  Jurisdiction,
  ParticipantId,
  Signed,
} from '@bayway/domain';
import { z } from 'zod';
import { DataRequestState } from './data-request.js';
import { defineRequest } from './define.js';

/** A partner's or officer's own reference: a file number, never a name. */
export const Reference = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9/._-]{0,59}$/);

/** Claims of a withdrawal that a recipient passes on for its own customer, signed by the recipient. */
export const WithdrawalClaims = z.strictObject({
  iss: ParticipantId,
  /** The exporter's consent service, such as `urn:bayway:cn:consent`. */
  aud: z.string().max(60),
  jti: z.uuid(),
  iat: z.int(),
  exp: z.int(),
  consentId: ConsentId,
  /** Under which the recipient keeps her notice. */
  reference: Reference,
});
export type WithdrawalClaims = z.infer<typeof WithdrawalClaims>;

const withdrawn = z.object({ consentId: ConsentId, state: ConsentState, at: Instant });

/** The exporter's broker hands a recipient's withdrawal to consent. In force when answered; sent again, the same answer. */
export const withdrawForRecipient = defineRequest(
  'consent.withdraw-for-recipient.v1',
  { from: ['broker'], to: ['consent'] },
  { request: z.strictObject({ withdrawal: Signed, importer: Jurisdiction }), answer: withdrawn },
);

/** The importer's broker passes a recipient's withdrawal to the exporter's. */
export const passOnWithdrawal = defineRequest(
  'broker.pass-on-withdrawal.v1',
  { from: ['broker'], to: ['broker'], border: true },
  { request: z.strictObject({ withdrawal: Signed }), answer: withdrawn },
);

/** Body of a partner's `POST /withdrawals`. */
export const PassOnWithdrawal = z.strictObject({ withdrawal: Signed });
export const WithdrawnView = withdrawn;

/** Claims of what a holder's connector or a recipient signs about a consent that was withdrawn. */
export const EndStatementClaims = z.strictObject({
  /** The participant, or the connector as it stands in the key directory. */
  iss: z.string().max(120),
  jti: z.uuid(),
  iat: z.int(),
  consentId: ConsentId,
  /** `withdrawal`: it stopped using what it received. `deletion`: what it received is deleted. */
  what: z.enum(['withdrawal', 'deletion']),
  /** With `withdrawal`: the last day by which it deletes. */
  deleteBy: Day.optional(),
});
export type EndStatementClaims = z.infer<typeof EndStatementClaims>;

/** Body of `POST /consent-ends/statements`, and of a partner's answer to a webhook. */
export const GiveStatement = z.strictObject({ statement: Signed });

const webhookHead = {
  iss: z.string().max(60),
  aud: ParticipantId,
  /** The same in every attempt. */
  jti: z.uuid(),
  iat: z.int(),
  at: Instant,
};

/** Claims of a webhook: what a broker tells a partner of its own jurisdiction, signed by the broker. */
export const WebhookClaims = z.discriminatedUnion('event', [
  z.object({ ...webhookHead, event: z.literal('consent.ended'), consentId: ConsentId, state: ConsentState }),
  z.object({
    ...webhookHead,
    event: z.literal('request.settled'),
    dataRequestId: DataRequestId,
    state: DataRequestState,
    /** Why it was refused, failed or expired: a code of the problem registry. */
    problem: z.string().max(60).nullable(),
  }),
]);
export type WebhookClaims = z.infer<typeof WebhookClaims>;
