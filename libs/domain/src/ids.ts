import { z } from 'zod';

/** A resident of one jurisdiction: a stable identifier that never leaves that jurisdiction. */
export const ResidentId = z.uuid().brand<'ResidentId'>();
export type ResidentId = z.infer<typeof ResidentId>;

/** The random name of a subject in one data request: 32 random bytes, base64url. */
export const SubjectHandle = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/)
  .brand<'SubjectHandle'>();
export type SubjectHandle = z.infer<typeof SubjectHandle>;

export const ConsentId = z.uuid().brand<'ConsentId'>();
export type ConsentId = z.infer<typeof ConsentId>;

export const AskId = z.uuid().brand<'AskId'>();
export type AskId = z.infer<typeof AskId>;

/** One sign-in flow that asks for a record; made by the importer's identity service, never a cookie value. */
export const FlowId = z.uuid().brand<'FlowId'>();
export type FlowId = z.infer<typeof FlowId>;

/** One data request, as both brokers know it; made by the importer's broker. */
export const DataRequestId = z.uuid().brand<'DataRequestId'>();
export type DataRequestId = z.infer<typeof DataRequestId>;

const Slug = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/);

/** An organisation that takes part: partner app, data holder or both. Also its OAuth client id. */
export const ParticipantId = Slug.brand<'ParticipantId'>();
export type ParticipantId = z.infer<typeof ParticipantId>;

export const DatasetId = Slug.brand<'DatasetId'>();
export type DatasetId = z.infer<typeof DatasetId>;

/** An item of a dataset, such as `repayment-history`. */
export const ItemId = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,40}$/)
  .brand<'ItemId'>();
export type ItemId = z.infer<typeof ItemId>;

/** SHA-256 in base64url: of a key (RFC 7638) or of exact bytes. */
export const Digest = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
export type Digest = z.infer<typeof Digest>;

/** A signed object in compact form (JWS), bounded. */
export const Signed = z
  .string()
  .max(64_000)
  .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/);
export type Signed = z.infer<typeof Signed>;

/** A calendar day, `YYYY-MM-DD`, local to the Bay (+08:00). */
export const Day = z.iso.date();
/** An instant, RFC 3339 in UTC. */
export const Instant = z.iso.datetime();
