import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { EnrichedDetail } from '@bayway/domain';

/** Who acts: a resident, or a partner app on behalf of one. Always from a verified token. */
export type Actor = Readonly<{
  /** Resident id (actor tokens, consoles) or subject handle (partners). */
  subject: string;
  clientId: string | null;
  scopes: readonly string[];
  /** Assurance level of her sign-in, 1 to 4. */
  level: number;
  details: readonly EnrichedDetail[];
}>;

type Context = { readonly requestId: string; actor: Actor | null };

const storage = new AsyncLocalStorage<Context>();
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Runs `work` under a request id; a caller's own id is kept when it is a UUID. */
export const inContext = <T>(requestId: string | undefined, work: () => T): T =>
  storage.run({ requestId: requestId && UUID.test(requestId) ? requestId : randomUUID(), actor: null }, work);

/** The id of the request being served; a fresh one outside of any. */
export const requestId = (): string => storage.getStore()?.requestId ?? randomUUID();

/** Remembers who acts; only the access guard calls it. */
export function setActor(actor: Actor): void {
  const context = storage.getStore();
  if (context) context.actor = actor;
}

/** Who acts in the request being served, or null when nobody signed in. */
export const currentActor = (): Actor | null => storage.getStore()?.actor ?? null;
