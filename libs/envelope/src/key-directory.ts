import { Jurisdiction } from '@bayway/domain';
import { calculateJwkThumbprint, CompactSign, compactVerify, type CryptoKey } from 'jose';
import { z } from 'zod';
import { canonical, digestOf } from './digest.js';
import { EnvelopeError } from './errors.js';
import { importKey, KeyUse, PublicKey, type PrivateKey } from './keys.js';

/** Who owns a key: `hk/broker`, `hk/participant/tsing-wan-bank`, `cn/connector/pengwan-credit`. */
export const KeyOwner = z.string().regex(/^(hk|mo|cn)\/[a-z]+(\/[a-z][a-z0-9-]{1,39})?$/);
export type KeyOwner = z.infer<typeof KeyOwner>;

/** Why a key was revoked: words of RFC 5280 §5.3.1. A word and no text, for the directory is public. */
export const RevocationReason = z.enum([
  'key-compromise',
  'superseded',
  'cessation-of-operation',
  'privilege-withdrawn',
  'unspecified',
]);
export type RevocationReason = z.infer<typeof RevocationReason>;

/**
 * One line of a directory. A later line for the same `kid` gives its key an end (`to`) or revokes it (`revokedAt`); nothing
 * else may change, and no revocation is taken back.
 */
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
  reason: RevocationReason.optional(),
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
 * Verifies a whole directory against the pinned root: every signature, every link to the line before, every key's name,
 * and that no line alters an earlier key.
 * @throws EnvelopeError `signature-invalid` at the first line that does not hold; its detail names the line, from 0
 */
export async function readDirectory(
  jurisdiction: Jurisdiction,
  root: PublicKey,
  lines: readonly string[],
): Promise<DirectoryEntry[]> {
  const key = await importKey(root, 'root');
  const entries: DirectoryEntry[] = [];
  const byKid = new Map<string, DirectoryEntry>();
  let previous: string | null = null;
  for (const line of lines) {
    const at = `line ${entries.length} of the key directory of \`${jurisdiction}\``;
    const entry = await readLine(line, key, at);
    const follows = entry.index === entries.length && entry.previous === previous;
    if (!follows) throw new EnvelopeError('signature-invalid', `${at} does not follow the line before it`);
    if (entry.jurisdiction !== jurisdiction || !entry.owner.startsWith(`${jurisdiction}/`))
      throw new EnvelopeError('signature-invalid', `${at} belongs to another jurisdiction`);
    if ((await calculateJwkThumbprint(entry.key)) !== entry.kid)
      throw new EnvelopeError('signature-invalid', `${at} names its key wrongly`);
    if (!mayFollow(byKid.get(entry.kid), entry))
      throw new EnvelopeError('signature-invalid', `${at} alters an earlier key`);
    entries.push(entry);
    byKid.set(entry.kid, entry);
    previous = digestOf(line);
  }
  return entries;
}

/** A later line for a key may end or revoke it. */
function mayFollow(earlier: DirectoryEntry | undefined, later: DirectoryEntry): boolean {
  if (!earlier) return true;
  const same = (['owner', 'use', 'from'] as const).every((member) => earlier[member] === later[member]);
  return same && (earlier.revokedAt === null || earlier.revokedAt === later.revokedAt);
}

async function readLine(line: string, root: CryptoKey, at: string): Promise<DirectoryEntry> {
  try {
    const { payload, protectedHeader } = await compactVerify(line, root, { algorithms: ['ES256'] });
    if (protectedHeader.typ !== TYP) throw new TypeError('another type');
    return DirectoryEntry.parse(JSON.parse(new TextDecoder().decode(payload)));
  } catch (cause) {
    throw new EnvelopeError('signature-invalid', `${at} is not signed by its root`, { cause });
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

  /**
   * The key with this id, if it was valid at `at`; null when unknown, not yet valid, ended or revoked. A revoked key is
   * valid at no time, however early `at` is: whoever stole it may write any time into what it signs.
   */
  find(kid: string, at: Date): Found | null {
    const entry = this.byKid.get(kid);
    return entry && keyState(entry, at) === 'current' ? entry : null;
  }

  /** What the directory says of the key with this id; null when it does not know it. */
  stateOf(kid: string, at: Date): KeyState | null {
    const entry = this.byKid.get(kid);
    return entry ? keyState(entry, at) : null;
  }

  /** All keys of an owner for a use that are valid at `at`, newest first. */
  keysOf(owner: KeyOwner, use: KeyUse, at: Date): Found[] {
    return [...this.byKid.values()]
      .filter((e) => e.owner === owner && e.use === use && keyState(e, at) === 'current')
      .sort((a, b) => b.from.localeCompare(a.from) || b.index - a.index);
  }

  /** The last line of every key, in the order in which the keys were entered. */
  latest(): DirectoryEntry[] {
    return [...this.byKid.values()];
  }
}

/** A key waits for its `from`, is used until its `to`, or was revoked. */
export type KeyState = 'future' | 'current' | 'retired' | 'revoked';

/** The state of a key at a time, by the last line about it. */
export function keyState({ from, to, revokedAt }: DirectoryEntry, at: Date): KeyState {
  if (revokedAt !== null) return 'revoked';
  if (Date.parse(from) > at.getTime()) return 'future';
  return to !== null && Date.parse(to) <= at.getTime() ? 'retired' : 'current';
}
