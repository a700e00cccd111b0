import { createHash } from 'node:crypto';
import { compactVerify, importJWK, type CryptoKey, type JWK } from 'jose';
import { z } from 'zod';

/** A line of a key directory, as far as the bank needs it. */
const Entry = z.object({
  jurisdiction: z.string(),
  index: z.int(),
  previous: z.string().nullable(),
  owner: z.string().max(100),
  use: z.string().max(20),
  kid: z.string().length(43),
  key: z.looseObject({ kty: z.string() }),
  from: z.iso.datetime(),
  to: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});
type Entry = z.infer<typeof Entry>;

const Published = z.object({ entries: z.array(z.string().max(4_000)).max(100_000) });

/** SHA-256 of exact bytes or of UTF-8 text, base64url. */
export const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('base64url');

/** Where a jurisdiction publishes its directory, and the root the bank pinned when it joined. */
export type DirectorySource = Readonly<{ jurisdiction: string; url: string; root: JWK }>;

async function readLine(line: string, root: CryptoKey): Promise<Entry> {
  const { payload, protectedHeader } = await compactVerify(line, root, { algorithms: ['ES256'] });
  if (protectedHeader.typ !== 'key-directory-entry+jwt')
    throw new Error('a line of the key directory is of another type');
  return Entry.parse(JSON.parse(new TextDecoder().decode(payload)));
}

/** Reads a directory from its first line to its last: each signed by the pinned root, each naming the line before. */
async function readDirectory({ jurisdiction, url, root }: DirectorySource): Promise<Map<string, Entry>> {
  const response = await fetch(`${url}/key-directory`, { signal: AbortSignal.timeout(5_000) });
  const { entries: lines } = Published.parse(await response.json());
  const key = (await importJWK(root, 'ES256')) as CryptoKey;
  const byKid = new Map<string, Entry>();
  let previous: string | null = null;
  for (const [index, line] of lines.entries()) {
    const entry = await readLine(line, key);
    if (entry.index !== index || entry.previous !== previous || entry.jurisdiction !== jurisdiction) {
      throw new Error(`the key directory of ${jurisdiction} breaks at line ${index}`);
    }
    byKid.set(entry.kid, entry);
    previous = sha256(line);
  }
  return byKid;
}

/**
 * The signing key of a holder, taken only from the directory of its jurisdiction.
 * @param owner such as `cn/participant/pengwan-credit`
 * @throws Error when the key is not that owner's, not for signing, or not valid now
 */
export async function signingKeyOf(source: DirectorySource, owner: string, kid: string): Promise<CryptoKey> {
  const entry = (await readDirectory(source)).get(kid);
  const now = Date.now();
  const ends = [entry?.to, entry?.revokedAt].flatMap((end) => (end ? [Date.parse(end)] : []));
  if (
    !entry ||
    entry.owner !== owner ||
    entry.use !== 'sig' ||
    Date.parse(entry.from) > now ||
    ends.some((end) => end <= now)
  ) {
    throw new Error(`the record is not signed with a key of ${owner} that is valid now`);
  }
  return (await importJWK(entry.key as JWK, 'ES256')) as CryptoKey;
}
