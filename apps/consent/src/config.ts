import { ServiceConfig } from '@bayway/service';
import { z } from 'zod';

/** Settings of the consent service. */
export const ConsentConfig = ServiceConfig.extend({
  /** This jurisdiction's portal: where receipts say that she may withdraw, and where mails say that she may look. */
  CONSOLE_URL: z.url().max(200),
  /** The mail server, such as `smtps://user:password@mail.example:465`. Absent: no mails go out. */
  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .max(500)
    .optional(),
  /** Whom mails come from. */
  MAIL_FROM: z.email().max(200).default('no-reply@bayway.example'),
  /** How many days before its last day she is told that a consent ends. */
  EXPIRY_NOTICE_DAYS: z.coerce.number().int().min(1).max(90).default(7),
});
export type ConsentConfig = z.infer<typeof ConsentConfig>;
