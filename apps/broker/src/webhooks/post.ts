import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { isAllowed, publicOnly } from '@bayway/service';

/** What a partner answered: the status, and the body when it was short enough. */
export type Answer = Readonly<{ status: number; body: string }>;

const TIMEOUT_MS = 5_000;
const ANSWER_BYTES = 70_000;

const failure = (code: string): Error => Object.assign(new Error(code), { code });

/**
 * Posts a signed object. Follows nothing, waits five seconds altogether, reads at most 70 kB.
 * @param hosts names the operator vouches for: may be reached by plain HTTP and in a private network
 * @throws Error with a `code`: `ADDRESS_NOT_ALLOWED`, `ADDRESS_NOT_PUBLIC`, `TIMEOUT`, `ANSWER_TOO_LONG`, or the network's
 */
export function post(address: string, body: string, hosts: readonly string[]): Promise<Answer> {
  const url = new URL(address);
  if (!isAllowed(url, hosts)) return Promise.reject(failure('ADDRESS_NOT_ALLOWED'));
  const isVouchedFor = hosts.includes(url.hostname);
  const send = url.protocol === 'https:' ? overHttps : overHttp;
  const headers = { 'content-type': 'application/jwt', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = send(url, {
      method: 'POST',
      headers: { ...headers, accept: 'application/json' },
      agent: false,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(isVouchedFor ? {} : { lookup: publicOnly }),
    });
    sent.on('error', (error) => reject(error.name === 'AbortError' ? failure('TIMEOUT') : error));
    sent.on('response', (response) => {
      const parts: Buffer[] = [];
      let size = 0;
      response.on('data', (part: Buffer) => {
        size += part.length;
        if (size > ANSWER_BYTES) return void sent.destroy(failure('ANSWER_TOO_LONG'));
        parts.push(part);
      });
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() }));
    });
    sent.end(body);
  });
}
