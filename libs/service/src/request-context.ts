import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Role } from '@bayway/contracts';
import type { EnrichedDetail, Jurisdiction } from '@bayway/domain';

/** Who acts: a resident, or a partner app on behalf of one. Always from a verified token. */
export type Actor = Readonly<{
  /** Resident id (actor tokens, consoles) or subject handle (partners). */
  subject: string;
  clientId: string | null;
  scopes: readonly string[];
  /** Of an administrator: what she may do. */
  roles: readonly Role[];
  /** Assurance level of her sign-in, 1 to 4. */
  level: number;
  details: readonly EnrichedDetail[];
}>;

type Context = { readonly requestId: string; actor: Actor | null; peer: Jurisdiction | null };

const storage = new AsyncLocalStorage<Context>();
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Runs `work` under a request id; a caller's own id is kept when it is a UUID. */
export const inContext = <T>(requestId: string | undefined, work: () => T): T =>
  storage.run(
    { requestId: requestId && UUID.test(requestId) ? requestId : randomUUID(), actor: null, peer: null },
    work,
  );

/** The id of the request being served; a fresh one outside of any. */
export const requestId = (): string => storage.getStore()?.requestId ?? randomUUID();

/** Remembers who acts; only the access guard calls it. */
export function setActor(actor: Actor): void {
  const context = storage.getStore();
  if (context) context.actor = actor;
}

/** Who acts in the request being served, or null when nobody signed in. */
export const currentActor = (): Actor | null => storage.getStore()?.actor ?? null;

/** Remembers whose broker signed the message being served; only the border gate calls it. */
export function setPeer(peer: Jurisdiction): void {
  const context = storage.getStore();
  if (context) context.peer = peer;
}

/** The jurisdiction whose broker signed the message being served, or null when it did not come over the border. */
export const currentPeer = (): Jurisdiction | null => storage.getStore()?.peer ?? null;
