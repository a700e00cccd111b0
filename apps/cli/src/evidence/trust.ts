import { logOrigin, witnessName } from '@bayway/contracts';
import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';
import { type DirectoryEntry, EnvelopeError, readDirectory, type KeyUse } from '@bayway/envelope';
import {
  type CheckpointTrust,
  type KeyType,
  type NoteVerifier,
  noteVerifier,
  parseNote,
  verifierKey,
  verifySignatures,
} from '@bayway/transparency';
import { z } from 'zod';
import { CommandError, EXIT } from '../command.js';
import { Difference } from './difference.js';
import { fetchText } from './http.js';
import type { FsckOptions } from './options.js';

const Published = z.object({ entries: z.array(z.string().max(4_000)).max(100_000) });

/** The verified key directories of all three jurisdictions. */
export type Directories = ReadonlyMap<Jurisdiction, readonly DirectoryEntry[]>;

/**
 * Fetches the three key directories and verifies each line from the pinned root.
 *
 * @throws Difference at a line that does not hold; CommandError when a directory cannot be fetched
 */
export async function readDirectories({ urls, roots }: Pick<FsckOptions, 'urls' | 'roots'>): Promise<Directories> {
  const read = async (j: Jurisdiction): Promise<[Jurisdiction, DirectoryEntry[]]> => {
    const lines = linesIn(j, await fetchText(`${urls[j]}/key-directory`));
    return [j, await verified(j, roots[j], lines)];
  };
  return new Map(await Promise.all(JURISDICTIONS.map(read)));
}

function linesIn(jurisdiction: Jurisdiction, text: string | undefined): string[] {
  try {
    return Published.parse(JSON.parse(text ?? '')).entries;
  } catch {
    throw new CommandError(`${jurisdiction} publishes no key directory`, EXIT.unreachable);
  }
}

/** The lines of a directory. @throws Difference when one does not follow from the root */
export async function verified(
  jurisdiction: Jurisdiction,
  root: FsckOptions['roots'][Jurisdiction],
  lines: readonly string[],
): Promise<DirectoryEntry[]> {
  try {
    return await readDirectory(jurisdiction, root, lines);
  } catch (error) {
    if (error instanceof EnvelopeError) throw new Difference(error.message);
    throw error;
  }
}

/** Whose signatures count for a log: every log key its jurisdiction ever entered, and the others' witness keys. */
export function trustIn(directories: Directories, jurisdiction: Jurisdiction): CheckpointTrust {
  const peers = JURISDICTIONS.filter((j) => j !== jurisdiction);
  return {
    origin: logOrigin(jurisdiction),
    log: verifiers(directories, { owner: jurisdiction, use: 'log' }),
    cosigners: peers.flatMap((owner) => verifiers(directories, { owner, use: 'witness' })),
  };
}

/**
 * The newest checkpoint must be signed by a key that was not revoked: each line of a directory is an entry of its log, so
 * that a newer checkpoint follows every revocation. Older ones count under the keys of their time, for that is what the
 * witnesses saw.
 *
 * @throws Difference when all who signed it were revoked more than a minute ago
 */
export async function checkNotRevoked(
  note: string,
  directories: Directories,
  jurisdiction: Jurisdiction,
): Promise<void> {
  const latest = new Map((directories.get(jurisdiction) ?? []).map((entry) => [entry.kid, entry]));
  const isGood = ({ revokedAt }: DirectoryEntry): boolean =>
    revokedAt === null || Date.parse(revokedAt) > Date.now() - GRACE_MS;
  const good = new Map([[jurisdiction, [...latest.values()].filter(isGood)]]);
  const { text, signatures } = parseNote(note);
  const signed = await verifySignatures(text, signatures, verifiers(good, { owner: jurisdiction, use: 'log' }));
  if (signed.length === 0) throw new Difference('the newest checkpoint is signed by a revoked key only');
}

const GRACE_MS = 60_000;

/** Verifiers of a jurisdiction's log or witness. Old keys count too: a log is checked with all its history. */
export function verifiers(
  directories: Directories,
  { owner, use }: { owner: Jurisdiction; use: Extract<KeyUse, 'log' | 'witness'> },
): NoteVerifier[] {
  const name = use === 'log' ? logOrigin(owner) : witnessName(owner);
  const type: KeyType = use === 'log' ? 'note' : 'cosignature';
  const keys = (directories.get(owner) ?? []).filter((e) => e.owner === `${owner}/evidence` && e.use === use);
  const distinct = new Map(keys.map(({ kid, key }) => [kid, key.x]));
  return [...distinct.values()].map((x) => noteVerifier(verifierKey(name, type, Buffer.from(x, 'base64url'))));
}
