import { spawn, type ChildProcess } from 'node:child_process';

/** Ends the watch kept by {@link guard}. */
export type Unguard = () => void;

/**
 * Makes sure that a program which knows nothing of us does not outlive us, however we end (a SIGKILL included).
 * A two-line shell waits for our end of a pipe to close, which the system does for us, and then signals the program.
 * It runs in a session of its own, so that Ctrl-C reaches only us and programs stop in our order.
 * @param pid the program
 * @param signal the signal that stops it in good order (`INT` for PostgreSQL, `TERM` for nats-server)
 */
export function guard(pid: number, signal: 'INT' | 'TERM'): Unguard {
  const script = `cat >/dev/null; kill -${signal} "$1" 2>/dev/null`;
  const watcher = spawn('/bin/sh', ['-c', script, 'bayway-guard', String(pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.unref();
  (watcher.stdin as unknown as { unref?: () => void }).unref?.();
  return () => {
    if (watcher.pid !== undefined) stopGroup(watcher.pid);
  };
}

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
