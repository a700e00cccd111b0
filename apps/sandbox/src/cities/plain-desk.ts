import { createHmac, randomBytes } from 'node:crypto';
import type { City } from '@bayway/domain';
import type { Request, Response } from 'express';
import type { Registered } from './accounts.js';
import { acrFor } from './scheme.js';
import type { Desk, Pending } from './sign-in.js';

/** Where somebody came from and what is wanted of her sign-in. */
export type Arrival = Readonly<{
  clientId: string;
  redirectUri: string;
  state: string;
  /** Values of the city's scheme that will do; none: any. */
  acrs: readonly string[];
  /** A session from before does not suffice. */
  again: boolean;
  uiLocales?: string | undefined;
}>;

/** A sign-in that happened. */
export type SignedIn = Readonly<{ who: Registered; acr: string; at: number }>;
type Waiting = Arrival & Readonly<{ browser: string; expiresAt: number }>;
type PlainPending = Pending & Readonly<{ waiting: Waiting }>;
/** What a code or ticket stands for, until it is used. */
export type Issued = SignedIn & Readonly<{ clientId: string; redirectUri: string; expiresAt: number }>;

const MOST = 10_000;
const WAIT_MS = 3_600_000;
const CODE_MS = 60_000;

/** A map that forgets its oldest entries. */
function put<V>(map: Map<string, V>, key: string, value: V): void {
  map.set(key, value);
  const oldest = map.size > MOST ? map.keys().next() : undefined;
  if (oldest && !oldest.done) map.delete(oldest.value);
}

const name = (): string => randomBytes(24).toString('base64url');

/** The account's name at one service: another one at each, and no two can be joined. */
export const openIdOf = (secret: string, clientId: string, sub: string): string =>
  createHmac('sha256', secret).update(`open id\n${clientId}\n${sub}`).digest('base64url');

/** The service's address with what she brings back. */
export function backTo({ redirectUri, state }: Arrival, params: Readonly<Record<string, string>>): string {
  const url = new URL(redirectUri);
  for (const [key, value] of Object.entries({ ...params, state })) url.searchParams.set(key, value);
  return url.href;
}

/** How the browser goes back, with something to redeem or with word that she went away. */
export type WayBack = Readonly<{
  signedIn: (arrival: Arrival, code: string) => string;
  cancelled: (arrival: Arrival) => string;
}>;

/** A sign-in page with sessions of its own, for the styles that are not OpenID Connect. All of it is in memory. */
export class PlainDesk {
  private readonly waiting = new Map<string, Waiting>();
  private readonly sessions = new Map<string, SignedIn>();
  private readonly issued = new Map<string, Issued>();

  constructor(
    private readonly city: City,
    private readonly back: WayBack,
  ) {}

  /** Somebody arrives. @returns where her browser goes: to the page, or straight back when her session suffices */
  arrive(req: Request, res: Response, arrival: Arrival): string {
    const browser = this.browserOf(req) ?? name();
    const session = this.sessions.get(browser);
    const enough = session && !arrival.again && (arrival.acrs.length === 0 || arrival.acrs.includes(session.acr));
    if (enough) return this.issue(arrival, session);
    const uid = name();
    put(this.waiting, uid, { ...arrival, browser, expiresAt: Date.now() + WAIT_MS });
    res.cookie(this.cookie, browser, { path: `/${this.city.slug}`, httpOnly: true, sameSite: 'lax' });
    return `/${this.city.slug}/${this.desk.path}/${uid}`;
  }

  readonly desk: Desk<PlainPending> = {
    path: 'sign-in',
    load: (req, _res, uid) => {
      const waiting = this.waiting.get(uid);
      const own = waiting && waiting.browser === this.browserOf(req) && waiting.expiresAt > Date.now();
      const signedIn = waiting !== undefined && this.sessions.has(waiting.browser);
      return Promise.resolve(own ? { uid, uiLocales: waiting.uiLocales, signedIn, waiting } : null);
    },
    cancel: ({ uid, waiting }) => {
      this.waiting.delete(uid);
      return Promise.resolve(this.back.cancelled(waiting));
    },
    signIn: ({ uid, waiting }, who) => {
      this.waiting.delete(uid);
      const acr = acrFor(this.city, who.account.acr, waiting.acrs);
      const session = { who, acr, at: Math.floor(Date.now() / 1_000) };
      put(this.sessions, waiting.browser, session);
      return Promise.resolve(this.issue(waiting, session));
    },
  };

  /** What a code or ticket stands for: once, for the client it was made for, at its address, within a minute. */
  redeem(code: string, by: Readonly<{ clientId: string; redirectUri: string }>): Issued | null {
    const found = this.issued.get(code);
    this.issued.delete(code);
    const holds = found?.clientId === by.clientId && found.redirectUri === by.redirectUri;
    return found && holds && found.expiresAt > Date.now() ? found : null;
  }

  /** Ends the session of a browser. */
  signOut(req: Request): void {
    this.sessions.delete(this.browserOf(req) ?? '');
  }

  private issue(arrival: Arrival, session: SignedIn): string {
    const code = name();
    const { clientId, redirectUri } = arrival;
    put(this.issued, code, { ...session, clientId, redirectUri, expiresAt: Date.now() + CODE_MS });
    return this.back.signedIn(arrival, code);
  }

  private get cookie(): string {
    return `city_${this.city.slug}_browser`;
  }

  private browserOf(req: Request): string | undefined {
    return new RegExp(`(?:^|; )${this.cookie}=([\\w-]{32})`).exec(req.headers.cookie ?? '')?.[1];
  }
}
