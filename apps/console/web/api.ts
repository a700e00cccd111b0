import { QueryClient } from '@tanstack/react-query';

export type Role = 'consent-administrator' | 'rules-officer' | 'regulator' | 'operator';
export type Me = Readonly<{
  name: string;
  subject: string;
  jurisdiction: 'hk' | 'mo' | 'cn';
  roles: readonly Role[];
  csrf: string;
}>;

/** What the server says went wrong (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly members: Readonly<Record<string, unknown>>,
  ) {
    super(typeof members['title'] === 'string' ? members['title'] : `HTTP ${status}`);
  }

  get reference(): string {
    const { instance } = this.members;
    return typeof instance === 'string' ? instance.replace('urn:uuid:', '') : '';
  }

  get detail(): string {
    const errors = this.members['errors'];
    if (!Array.isArray(errors)) return this.message;
    return (errors as { pointer?: string; detail?: string }[])
      .map(({ pointer, detail }) => `${pointer ?? ''} ${detail ?? ''}`)
      .join('\n');
  }
}

let csrf = '';
let isRefresh = false;

/** A page that reads again by itself keeps nobody signed in. */
const REFRESH = { 'x-refresh': '1' };

async function call<T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<T> {
  const response = await fetch(path, {
    method,
    headers: method === 'GET' ? (isRefresh ? REFRESH : {}) : { 'content-type': 'application/json', 'x-csrf': csrf },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
    signal: AbortSignal.timeout(30_000),
  });
  if (response.status === 401) {
    location.assign(`/console/sign-in?return_to=${encodeURIComponent(location.pathname)}`);
    return new Promise<T>(() => undefined);
  }
  const answer: unknown = await response.json().catch(() => ({}));
  if (!response.ok) throw new Problem(response.status, answer as Record<string, unknown>);
  return answer as T;
}

/** Reads below `/console/api/`. */
export const read = <T>(path: string): Promise<T> => call<T>('GET', `/console/api/${path}`);
/** Changes something; the server takes it only with the session's own token. */
export const send = <T>(path: string, body?: unknown, method: 'POST' | 'PUT' = 'POST'): Promise<T> =>
  call<T>(method, `/console/api/${path}`, body);

/** Marks what is read meanwhile as read again by the page itself. */
export async function refreshing(work: () => Promise<unknown>): Promise<void> {
  isRefresh = true;
  try {
    await work();
  } finally {
    isRefresh = false;
  }
}

export async function whoAmI(): Promise<Me> {
  const me = await read<Me>('me');
  csrf = me.csrf;
  return me;
}

export async function signOut(): Promise<void> {
  const { url } = await call<{ url: string }>('POST', '/console/sign-out');
  location.assign(url);
}

export const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 5_000 } } });
