import { ActKind, AskId, AssuranceLevel, Digest, Language, ResidentId } from '@bayway/domain';
import { z } from 'zod';
import type { Secrets } from '../secrets.js';

/** What stood on a page: what an answer that comes from it answers. */
export const Shown = z.strictObject({
  askId: AskId,
  askDigest: Digest,
  shownDigest: Digest,
  language: Language,
  acts: z.array(ActKind).min(1).max(10),
  level: AssuranceLevel,
  /** Whom the ask is about: whoever answers, or somebody she acts for. */
  subjectId: ResidentId,
});
export type Shown = z.infer<typeof Shown>;

const textOf = (uid: string, body: string): string => `shown\n${uid}\n${body}`;

/** Goes into the page's form, so that no answer can be about something else than was shown there. */
export function sealShown(secrets: Secrets, uid: string, shown: Shown): string {
  const body = Buffer.from(JSON.stringify(shown)).toString('base64url');
  return `${body}.${secrets.mac('forms', textOf(uid, body))}`;
}

/** Null when it was made for another interaction, or altered. */
export function openShown(secrets: Secrets, uid: string, sealed: unknown): Shown | null {
  const [body, mac] = typeof sealed === 'string' ? sealed.split('.', 2) : [];
  if (!body || !mac || !secrets.macMatches('forms', textOf(uid, body), mac)) return null;
  return Shown.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
}
