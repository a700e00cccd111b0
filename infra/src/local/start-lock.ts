import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { commandOf } from '../guard.js';
import { SetupError } from '../setup-error.js';

/** The lock of a running system; `stale` tells that an earlier run ended without letting go of it. */
export type StartLock = Readonly<{ stale: boolean; release: () => Promise<void> }>;

/**
 * Makes sure that one folder is used by one running system. A lock whose process is gone, or is now another program,
 * belongs to a start that was cut short and is taken over.
 * @throws SetupError `already-running` with the process to stop
 */
export async function takeLock(file: string): Promise<StartLock> {
  await mkdir(dirname(file), { recursive: true });
  const release = () => rm(file, { force: true });
  if (await write(file)) return { stale: false, release };
  const holder = Number(await readFile(file, 'utf8').catch(() => ''));
  if (Number.isInteger(holder) && holder > 0 && holder !== process.pid && (await runsStart(holder))) {
    throw new SetupError(
      'already-running',
      `Bayway is already running (process ${holder}); stop it first: press Ctrl-C there, or kill ${holder}`,
    );
  }
  await release();
  if (await write(file)) return { stale: true, release };
  throw new SetupError('already-running', 'Bayway is being started by another process');
}

/** Writes the file with our process id in it, unless it exists. */
async function write(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Whether that process is a Node program, as a start is; a process id is used again for others. */
async function runsStart(pid: number): Promise<boolean> {
  const command = await commandOf(pid);
  return command === undefined ? false : /node/.test(command);
}
