import { ConsentId, DataRequestId, Instant, Language } from '@bayway/domain';
import { z } from 'zod';
import { LocalText } from './assessment.js';

/** What a resident is told of. */
export const NOTIFICATION_KINDS = [
  'asked',
  'given',
  'refused',
  'used',
  'notice-changed',
  'expiring',
  'ended',
  'withdrawn',
  'acknowledged',
  'silent',
] as const;
export const NotificationKind = z.enum(NOTIFICATION_KINDS);
export type NotificationKind = z.infer<typeof NotificationKind>;

/** One line of her inbox. */
export const NotificationView = z.object({
  id: z.uuid(),
  kind: NotificationKind,
  consentId: ConsentId.nullable(),
  dataRequestId: DataRequestId.nullable(),
  at: Instant,
  readAt: Instant.nullable(),
});
export type NotificationView = z.infer<typeof NotificationView>;

export const NotificationPage = z.object({
  items: z.array(NotificationView).max(50),
  unread: z.int(),
  next: z.string().max(100).nullable(),
});
export type NotificationPage = z.infer<typeof NotificationPage>;

/** Whether a mail goes out at once, once a day with the others, or not at all. Her inbox holds everything. */
export const MailMode = z.enum(['immediate', 'digest', 'silent']);
export type MailMode = z.infer<typeof MailMode>;

export const MailChoices = z.strictObject(
  Object.fromEntries(NOTIFICATION_KINDS.map((kind) => [kind, MailMode])) as Record<NotificationKind, typeof MailMode>,
);
export type MailChoices = z.infer<typeof MailChoices>;

/** Her settings. The address itself is never answered in full. */
export const NotificationSettingsView = z.object({
  language: Language,
  mail: MailChoices,
  /** Such as `m…@example.org`; null while none is confirmed. */
  address: z.string().max(330).nullable(),
  /** An address that waits for its code. */
  awaiting: z.string().max(330).nullable(),
});
export type NotificationSettingsView = z.infer<typeof NotificationSettingsView>;

/** What is left out stays as it is. `address: null` takes the address away. */
export const ChangeNotificationSettings = z.strictObject({
  language: Language.optional(),
  mail: MailChoices.partial().optional(),
  address: z.email().max(200).nullable().optional(),
});
export type ChangeNotificationSettings = z.infer<typeof ChangeNotificationSettings>;

export const ConfirmAddress = z.strictObject({ code: z.string().regex(/^\d{8}$/) });

/** "This is wrong" or "this was not me", about a consent or one use of it. */
export const MakeObjection = z.strictObject({
  about: z.enum(['wrong', 'not-mine']),
  dataRequestId: DataRequestId.optional(),
});
export type MakeObjection = z.infer<typeof MakeObjection>;

/** Where she may complain: the authority's name and its public address. */
export const Authority = z.object({ name: LocalText, url: z.url().max(200) });
export type Authority = z.infer<typeof Authority>;

export const ObjectionView = z.object({
  id: z.uuid(),
  consentId: ConsentId,
  dataRequestId: DataRequestId.nullable(),
  about: z.enum(['wrong', 'not-mine']),
  at: Instant,
  /** First the authority over the holder, then, of another jurisdiction, that over the recipient. */
  authorities: z.array(Authority).min(1).max(2),
});
export type ObjectionView = z.infer<typeof ObjectionView>;
export const ObjectionList = z.object({ items: z.array(ObjectionView).max(100) });
