import { ServiceConfig, UrlPerJurisdiction } from '@bayway/service';
import { z } from 'zod';

/** Settings of a console. */
export const ConsoleConfig = ServiceConfig.extend({
  /** The three OpenID providers; this console signs people in at its own. */
  ISSUERS: UrlPerJurisdiction,
  /** The three consoles: a resident's browser reads from each what that place keeps. */
  CONSOLE_URLS: UrlPerJurisdiction,
  /** This jurisdiction's consent service. */
  CONSENT_URL: z.url().max(200),
  /** This jurisdiction's broker and evidence log, for its administrators. */
  BROKER_URL: z.url().max(200),
  CLIENT_ID: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  /** The administrators' client. Absent: this console has no part for administrators. */
  ADMINISTRATION_CLIENT_ID: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,39}$/)
    .optional(),
});
export type ConsoleConfig = z.infer<typeof ConsoleConfig>;

/** Idle and absolute limits of a session. */
export const SESSION_IDLE_MS = 30 * 60_000;
export const SESSION_LIFE_MS = 8 * 3_600_000;
/** The same for administrators, who can do more harm. */
export const ADMIN_IDLE_MS = 15 * 60_000;
/** How long a sign-in may take. */
export const SIGN_IN_MS = 20 * 60_000;
