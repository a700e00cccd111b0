import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CeremonyError } from './errors.js';

/**
 * Does the work while nobody else does any in this key folder: two who append to one directory at once would break it. The
 * lock is a file with the number of a process; one that no longer runs holds nothing.
 * @throws CeremonyError when somebody else does
 */
export async function exclusively<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const lock = join(folder, 'ceremony.lock');
  await take(lock);
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function take(lock: string): Promise<void> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const taken = await writeFile(lock, `${process.pid}\n`, { flag: 'wx', mode: 0o600 }).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
        return false;
      },
    );
    if (taken) return;
    const holder = Number(await readFile(lock, 'utf8').catch(() => ''));
    if (holder > 0 && !runs(holder)) await rm(lock, { force: true });
  }
  throw new CeremonyError(`somebody else works in this key folder (\`${lock}\`)`);
}

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
