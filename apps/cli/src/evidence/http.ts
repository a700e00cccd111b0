import { CommandError, EXIT } from '../command.js';

const TIMEOUT_MS = 20_000;
/** The largest thing a log publishes is its key directory. */
const MAX_BYTES = 50_000_000;

/**
 * Fetches something public; `undefined` when it is not there.
 *
 * @throws CommandError (exit code `unreachable`) when there is no answer, another status, or more than 50 MB
 */
export async function fetchBytes(url: string): Promise<Uint8Array | undefined> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => {
    throw new CommandError(`${url} does not answer`, EXIT.unreachable);
  });
  if (response.status === 404) return undefined;
  if (!response.ok) throw new CommandError(`${url} answers ${response.status}`, EXIT.unreachable);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new CommandError(`${url} answers more than ${MAX_BYTES} bytes`, EXIT.unreachable);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The same as text. */
export async function fetchText(url: string): Promise<string | undefined> {
  const bytes = await fetchBytes(url);
  return bytes && Buffer.from(bytes).toString('utf8');
}
