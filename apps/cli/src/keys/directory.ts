import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Jurisdiction } from '@bayway/domain';
import { DirectoryEntry, EnvelopeError, KeyDirectory, PublicKey, readDirectory } from '@bayway/envelope';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import { CommandError, EXIT } from '../command.js';

const MAX_BYTES = 50_000_000;
const TIMEOUT_MS = 10_000;
const Published = z.object({ entries: z.array(z.string().max(4_000)).max(100_000) });

/** A directory that was verified from its first line to its last. */
export type Verified = Readonly<{
  jurisdiction: Jurisdiction;
  lines: readonly string[];
  directory: KeyDirectory;
}>;

/** The lines of a directory: of a file, or as an evidence service publishes them. @throws CommandError */
export async function linesFrom(source: string): Promise<string[]> {
  if (/^https?:\/\//.test(source)) return published(source);
  const text = await readFile(source, 'utf8').catch(() => {
    throw new CommandError(`cannot read \`${source}\``, EXIT.usage);
  });
  if (text.length > MAX_BYTES) throw new CommandError(`\`${source}\` is larger than a key directory may be`);
  return text.split('\n').filter((line) => line !== '');
}

async function published(url: string): Promise<string[]> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' }).catch(() => {
    throw new CommandError(`\`${url}\` does not answer`);
  });
  if (!response.ok) throw new CommandError(`\`${url}\` answers ${response.status}`);
  const body = Published.safeParse(await response.json().catch(() => null));
  if (!body.success) throw new CommandError(`\`${url}\` answers with something else than a key directory`);
  return body.data.entries;
}

/** The root that a jurisdiction published, as it was pinned. @throws CommandError */
export async function rootFrom(file: string): Promise<PublicKey> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CommandError(`cannot read the pinned root \`${file}\``, EXIT.usage);
  });
  try {
    return PublicKey.parse(JSON.parse(text));
  } catch {
    throw new CommandError(`\`${file}\` is not a public root`, EXIT.usage);
  }
}

/** Verifies a whole directory against a pinned root. @throws CommandError with the first line that does not hold */
export async function verified(lines: readonly string[], root: PublicKey): Promise<Verified> {
  const jurisdiction = jurisdictionOf(lines[0]);
  try {
    const entries = await readDirectory(jurisdiction, root, lines);
    return { jurisdiction, lines, directory: new KeyDirectory(entries) };
  } catch (error) {
    if (error instanceof EnvelopeError) throw new CommandError(error.detail);
    throw error;
  }
}

/** Whose directory it says it is: the root's signature on the same line shows whether that is so. */
function jurisdictionOf(line: string | undefined): Jurisdiction {
  if (line === undefined) throw new CommandError('the key directory is empty');
  try {
    return DirectoryEntry.parse(decodeJwt(line)).jurisdiction;
  } catch {
    throw new CommandError('line 0 is not a line of a key directory');
  }
}

/** The directory of a key folder, verified against the root beside it. @throws CommandError */
export const directoryIn = async (folder: string): Promise<Verified> =>
  verified(await linesFrom(join(folder, 'directory.jsonl')), await rootFrom(join(folder, 'root.pub.json')));
