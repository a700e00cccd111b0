import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { Readable } from 'node:stream';
import { isAllowed, publicOnly } from '@bayway/service';
import type { Configuration } from 'oidc-provider';
import { BACKCHANNEL_LOGOUT } from '../clients/clients.js';
import type { IdentityConfig } from '../config.js';

type Fetch = NonNullable<Configuration['fetch']>;
type FromLibrary = RequestInit & { dispatcher?: unknown };

const failure = (code: string): Error => Object.assign(new Error(code), { code });
/** Answers that carry no body (RFC 9110 section 6.4.1). */
const EMPTY = [101, 204, 205, 304];

/**
 * Fetches what an app named, from public addresses by `https` only. The address that a name has is looked up once and
 * checked as it is connected to, so that it cannot become another one; a redirect is not followed.
 * @param hosts names that may be reached by plain HTTP and in a private network
 * @throws Error with a `code`: `ADDRESS_NOT_ALLOWED`, `ADDRESS_NOT_PUBLIC`, `REDIRECTED`, or the network's
 */
export const guardedFetch =
  (hosts: readonly string[] = []): Fetch =>
  async (input, init: FromLibrary = {}) => {
    const { dispatcher: _unguarded, ...wanted } = init;
    const request = new Request(input, wanted);
    const url = new URL(request.url);
    if (!isAllowed(url, hosts)) throw failure('ADDRESS_NOT_ALLOWED');
    const body = Buffer.from(await request.arrayBuffer());
    const send = url.protocol === 'https:' ? overHttps : overHttp;
    return new Promise((resolve, reject) => {
      const sent = send(url, {
        method: request.method,
        headers: Object.fromEntries(request.headers),
        agent: false,
        signal: request.signal,
        ...(hosts.includes(url.hostname) ? {} : { lookup: publicOnly }),
      });
      sent.on('error', reject);
      sent.on('response', (answer) => {
        const { statusCode: status = 502, headers } = answer;
        if (status >= 300 && status < 400 && headers.location) return void sent.destroy(failure('REDIRECTED'));
        const lines = Object.entries(headers).map(([name, value]) => [name, String(value)] as [string, string]);
        const stream = EMPTY.includes(status) ? null : (Readable.toWeb(answer) as ReadableStream);
        resolve(new Response(stream, { status, headers: lines }));
      });
      sent.end(body.length > 0 ? body : undefined);
    });
  };

/** Without the guard: to peers, and where all apps are on one machine. */
const fetchAnywhere: Fetch = (url, { dispatcher: _guard, ...options }: FromLibrary = {}) =>
  fetch(url, { redirect: 'error', ...options });

/** How the library fetches: peers stand in our own settings, wherever they are; apps name addresses themselves. */
export function fetchFor({ APPS_AT, ISSUERS }: Pick<IdentityConfig, 'APPS_AT' | 'ISSUERS'>): Fetch {
  const peers = Object.values(ISSUERS).map((issuer) => `${issuer}${BACKCHANNEL_LOGOUT}`);
  const ofApps = APPS_AT === 'any' ? fetchAnywhere : guardedFetch();
  return (url, options) =>
    (peers.includes(url instanceof Request ? url.url : url.toString()) ? fetchAnywhere : ofApps)(url, options);
}
