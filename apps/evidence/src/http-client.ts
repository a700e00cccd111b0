import { DomainError } from '@bayway/contracts';

const TIMEOUT_MS = 3_000;
const MAX_ANSWER = 300_000;

/**
 * Asks another evidence service for something public.
 *
 * @throws DomainError `answer-invalid` when the answer is too long, and what `fetch` throws when there is none
 */
export async function ask(url: string, init: RequestInit = {}): Promise<{ status: number; body: Buffer }> {
  const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MAX_ANSWER) throw new DomainError('answer-invalid');
    chunks.push(chunk);
  }
  return { status: response.status, body: Buffer.concat(chunks) };
}
