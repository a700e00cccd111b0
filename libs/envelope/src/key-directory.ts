import { Jurisdiction } from '@bayway/domain';
import { CompactSign, compactVerify, type CryptoKey } from 'jose';
import { z } from 'zod';
import { canonical, digestOf } from './digest.js';
import { EnvelopeError } from './errors.js';
import { importKey, KeyUse, PublicKey, type PrivateKey } from './keys.js';

/** Who owns a key: `hk/broker`, `hk/participant/tsing-wan-bank`, `cn/connector/pengwan-credit`. */
export const KeyOwner = z.string().regex(/^(hk|mo|cn)\/[a-z]+(\/[a-z][a-z0-9-]{1,39})?$/);
export type KeyOwner = z.infer<typeof KeyOwner>;

/** One line of a directory. A revocation is a later line for the same `kid` with `revokedAt`. */
export const DirectoryEntry = z.strictObject({
  jurisdiction: Jurisdiction,
  index: z.int().min(0).max(1_000_000),
  /** Digest of the line before, or null for the first: the directory is append-only. */
  previous: z.string().length(43).nullable(),
  owner: KeyOwner,
  use: KeyUse,
  kid: z.string().length(43),
  key: PublicKey,
  from: z.iso.datetime(),
  to: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});
export type DirectoryEntry = z.infer<typeof DirectoryEntry>;

const TYP = 'key-directory-entry+jwt';

/** Signs the next line of a directory with the offline root. `lines` are all lines so far, oldest first. */
export async function appendEntry(
  root: PrivateKey,
  lines: readonly string[],
  entry: Omit<DirectoryEntry, 'index' | 'previous'>,
): Promise<string> {
  const last = lines.at(-1);
  const body = DirectoryEntry.parse({
    ...entry,
    index: lines.length,
    previous: last === undefined ? null : digestOf(last),
  });
  const header = { alg: 'ES256', typ: TYP, kid: root.kid };
  return new CompactSign(new TextEncoder().encode(canonical(body)))
    .setProtectedHeader(header)
    .sign(await importKey(root.jwk, 'root'));
}

/**
 * Verifies a whole directory against the pinned root: every signature, every link to the line before.
 * Throws EnvelopeError at the first line that does not hold.
 */
export async function readDirectory(
  jurisdiction: Jurisdiction,
  root: PublicKey,
  lines: readonly string[],
): Promise<DirectoryEntry[]> {
  const key = await importKey(root, 'root');
  const entries: DirectoryEntry[] = [];
  let previous: string | null = null;
  for (const line of lines) {
    const entry = await readLine(line, key);
    const inOrder =
      entry.index === entries.length && entry.previous === previous && entry.jurisdiction === jurisdiction;
    if (!inOrder || !entry.owner.startsWith(`${jurisdiction}/`))
      throw new EnvelopeError(
        'signature-invalid',
        `key directory of \`${jurisdiction}\` breaks at line ${entries.length}`,
      );
    entries.push(entry);
    previous = digestOf(line);
  }
  return entries;
}

async function readLine(line: string, root: CryptoKey): Promise<DirectoryEntry> {
  try {
    const { payload, protectedHeader } = await compactVerify(line, root, { algorithms: ['ES256'] });
    if (protectedHeader.typ !== TYP) throw new TypeError('another type');
    return DirectoryEntry.parse(JSON.parse(new TextDecoder().decode(payload)));
  } catch (cause) {
    throw new EnvelopeError('signature-invalid', 'key directory line is not signed by its root', { cause });
  }
}

type Found = Readonly<Pick<DirectoryEntry, 'owner' | 'use' | 'kid' | 'key' | 'from'>>;

/** The verified directories of all three jurisdictions: where every verifier takes its keys from. */
export class KeyDirectory {
  private readonly byKid = new Map<string, DirectoryEntry>();

  /** @param entries verified by `readDirectory`, of any number of jurisdictions */
  constructor(entries: readonly DirectoryEntry[]) {
    for (const entry of entries) this.byKid.set(entry.kid, entry);
  }

  /** The key with this id, if it was valid at `at`; null when unknown, not yet valid, ended or revoked. */
  find(kid: string, at: Date): Found | null {
    const entry = this.byKid.get(kid);
    return entry && validAt(entry, at) ? entry : null;
  }

  /** All keys of an owner for a use that are valid at `at`, newest first. */
  keysOf(owner: KeyOwner, use: KeyUse, at: Date): Found[] {
    return [...this.byKid.values()]
      .filter((e) => e.owner === owner && e.use === use && validAt(e, at))
      .sort((a, b) => b.from.localeCompare(a.from) || b.index - a.index);
  }
}

function validAt(entry: DirectoryEntry, at: Date): boolean {
  const now = at.getTime();
  const ended = [entry.to, entry.revokedAt].some((end) => end !== null && Date.parse(end) <= now);
  return Date.parse(entry.from) <= now && !ended;
}
