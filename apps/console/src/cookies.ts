import type { Jurisdiction } from '@bayway/domain';
import type { Request, Response } from 'express';

/** What a cookie of this service is for. Of these only the last two say anything, and nothing about her. */
export type CookieUse = 'session' | 'sign_in' | 'admin' | 'admin_sign_in' | 'language' | 'text';

/** Cookie names carry jurisdiction and service, for cookies do not separate by port; over HTTPS they are host-bound. */
export function cookieName(baseUrl: string, jurisdiction: Jurisdiction, what: CookieUse): string {
  return `${baseUrl.startsWith('https:') ? '__Host-' : ''}${jurisdiction}_console_${what}`;
}

/** One cookie of a request. */
export function readCookie(request: Pick<Request, 'headers'>, name: string): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return value.join('=');
  }
  return undefined;
}

/** A cookie that scripts cannot read and other sites cannot send. */
export type Cookie = Readonly<{ name: string; value: string; maxAgeMs: number }>;

const options = (name: string) =>
  ({ httpOnly: true, sameSite: 'lax', secure: name.startsWith('__Host-'), path: '/' }) as const;

export function writeCookie(response: Response, { name, value, maxAgeMs }: Cookie): void {
  response.cookie(name, value, { ...options(name), maxAge: maxAgeMs });
}

export function clearCookie(response: Response, name: string): void {
  response.clearCookie(name, options(name));
}
