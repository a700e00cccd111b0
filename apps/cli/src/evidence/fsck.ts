import type { Jurisdiction } from '@bayway/domain';
import { auditLog, type LogAudit, TransparencyError } from '@bayway/transparency';
import pg from 'pg';
import { CommandError, EXIT, type Command } from '../command.js';
import { Difference } from './difference.js';
import { type FsckOptions, fsckOptions } from './options.js';
import { publishedLog } from './published-log.js';
import { storedLog } from './stored-log.js';
import { checkRest } from './stored-rest.js';
import { checkNotRevoked, type Directories, readDirectories, trustIn } from './trust.js';

/**
 * `bayway evidence fsck`: derives whole logs again and names the first difference of each. From outside it reads what the
 * log publishes and what the two witnesses hold of it; with `--database`, the log's own tables instead of its files.
 * Exit codes: 0 in order, 1 a difference, 2 asked wrongly, 3 somebody does not answer.
 */
export const fsckCommand: Command = async (args, terminal) => {
  const options = await fsckOptions(args);
  let exitCode: number = EXIT.done;
  try {
    const directories = await readDirectories(options);
    for (const log of options.logs) {
      const found = await check(log, options, directories);
      terminal.stdout.write(`${log}: ${found.text}\n`);
      exitCode = Math.max(exitCode, found.exitCode);
    }
    return exitCode;
  } catch (error) {
    if (!(error instanceof Difference)) throw error;
    terminal.stdout.write(`${error.message}\n`);
    return EXIT.failed;
  }
};

type Found = Readonly<{ text: string; exitCode: number }>;

async function check(log: Jurisdiction, options: FsckOptions, directories: Directories): Promise<Found> {
  const database = options.databases.get(log);
  try {
    const audit = database
      ? await auditStored(log, { options, directories, database })
      : await auditPublished(log, options, directories);
    return { text: summary(audit, database !== undefined), exitCode: EXIT.done };
  } catch (error) {
    if (error instanceof Difference || error instanceof TransparencyError)
      return { text: error.message, exitCode: EXIT.failed };
    if (error instanceof CommandError) return { text: error.message, exitCode: error.exitCode };
    throw error;
  }
}

async function auditPublished(log: Jurisdiction, options: FsckOptions, directories: Directories): Promise<LogAudit> {
  const published = publishedLog(log, options, directories);
  const audit = await auditLog(published, trustIn(directories, log));
  await checkNotRevoked(await published.checkpoint(), directories, log);
  return audit;
}

type Operator = Readonly<{ options: FsckOptions; directories: Directories; database: string }>;

/** The log's tables in one snapshot, taken after what the witnesses hold was fetched. */
async function auditStored(log: Jurisdiction, { options, directories, database }: Operator): Promise<LogAudit> {
  const db = new pg.Client({ connectionString: database });
  await db.connect().catch(() => {
    throw new CommandError('the database does not answer', EXIT.unreachable);
  });
  try {
    await db.query('begin transaction isolation level repeatable read read only');
    const { seen } = publishedLog(log, options, directories);
    const audit = await auditLog({ ...storedLog(db), seen: seen! }, trustIn(directories, log));
    await checkNotRevoked(await storedLog(db).checkpoint(), directories, log);
    await checkRest(db, audit.checkpoint.size, { log, options, directories });
    return audit;
  } finally {
    await db.end();
  }
}

function summary({ checkpoint, olderCheckpoints, cosignatures }: LogAudit, isStored: boolean): string {
  const witnesses = cosignatures.map(({ name }) => name).join(' and ') || 'no witness yet';
  return `in order: ${checkpoint.size} entries, ${olderCheckpoints} checkpoints, the newest signed by ${witnesses}${isStored ? ', and every table' : ''}`;
}
