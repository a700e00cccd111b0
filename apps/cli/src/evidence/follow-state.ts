import { readFile, rename, writeFile } from 'node:fs/promises';
import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';
import { z } from 'zod';
import { CommandError, EXIT } from '../command.js';
import type { FollowedLog } from './followed-log.js';

/** The newest checkpoint seen of each log, as it was signed. */
const State = z.partialRecord(z.enum(JURISDICTIONS), z.string().max(300_000));
export type State = z.infer<typeof State>;

/** What was seen in earlier runs; nothing without a file. @throws CommandError when the file holds something else */
export async function readState(file: string | undefined): Promise<State> {
  if (file === undefined) return {};
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw new CommandError(`\`${file}\` cannot be read`, EXIT.usage);
  });
  try {
    return State.parse(JSON.parse(text));
  } catch {
    throw new CommandError(`\`${file}\` does not hold what a follower has seen`, EXIT.usage);
  }
}

/** Keeps what was seen, whole or not at all. */
export async function writeState(file: string | undefined, logs: readonly FollowedLog[]): Promise<void> {
  if (file === undefined) return;
  const earlier = await readState(file);
  const seen = logs.flatMap(({ jurisdiction, note }): [Jurisdiction, string][] => (note ? [[jurisdiction, note]] : []));
  await writeFile(`${file}.new`, `${JSON.stringify({ ...earlier, ...Object.fromEntries(seen) })}\n`);
  await rename(`${file}.new`, file);
}
