import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** Ends the watch kept by {@link guard}. */
export type Unguard = () => void;

/**
 * Makes sure that a program does not outlive us, however we end (a SIGKILL included), and knows nothing of it.
 * A short shell script waits for our end of a pipe to close, which the system does for us, and then stops the program.
 * It runs in a session of its own, so that Ctrl-C reaches only us and programs stop in our order.
 * @param pid the program
 * @param signal what stops it in good order: `INT` for PostgreSQL, which is then left to finish; `TERM` for all others,
 * followed by `KILL` when they still run ten seconds later
 */
export function guard(pid: number, signal: 'INT' | 'TERM'): Unguard {
  const watcher = spawn('/bin/sh', ['-c', SCRIPT, 'bayway-guard', String(pid), signal], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.unref();
  (watcher.stdin as unknown as { unref?: () => void }).unref?.();
  return () => {
    if (watcher.pid !== undefined) stopGroup(watcher.pid);
  };
}

const SCRIPT = `
read _
kill -$2 $1 2>/dev/null || exit
[ $2 = INT ] && exit
for tenth in 1 2 3 4 5 6 7 8 9 10; do
  sleep 1
  kill -0 $1 2>/dev/null || exit
done
kill -KILL $1`;

/** Signals a whole process group, and does nothing when it is gone. */
function stopGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Whether a process with this id exists (of whichever user). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The command line of a process, or undefined when there is none or it cannot be seen. */
export async function commandOf(pid: number): Promise<string | undefined> {
  if (!isAlive(pid)) return undefined;
  const listed = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  if (listed !== undefined) return listed.replaceAll('\0', ' ').trim();
  return new Promise((resolve) => {
    execFile('ps', ['-o', 'command=', '-p', String(pid)], (error, stdout) =>
      resolve(error ? undefined : stdout.trim()),
    );
  });
}

/** Waits until a child has ended: true, or false when it has not after `timeoutMs`. */
export async function waitForExit(child: ChildProcess, timeoutMs: number): Promise<boolean> {
  if (child.exitCode !== null || child.signalCode !== null) return true;
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      child.off('exit', ended);
      resolve(false);
    }, timeoutMs);
    const ended = () => {
      clearTimeout(timer);
      resolve(true);
    };
    child.once('exit', ended);
  });
}
