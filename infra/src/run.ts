import { execFile } from 'node:child_process';

/** How a short command ended: its output (at most 1 MB) and exit code; `code` is null when it could not be run at all. */
export type RunResult = Readonly<{ code: number | null; stdout: string; stderr: string; failure: string }>;

/** How to run a command: folder, user, environment and the longest time in milliseconds (60,000 unless told). */
export type RunOptions = Readonly<{
  cwd?: string;
  uid?: number;
  gid?: number;
  env?: NodeJS.ProcessEnv;
  timeoutMs?: number;
}>;

/** Runs a command without a shell and answers how it ended; it never throws. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const { timeoutMs = 60_000, ...rest } = options;
  return new Promise((resolve) => {
    execFile(command, args, { ...rest, timeout: timeoutMs, maxBuffer: 1024 * 1024 }, (error, stdout, stderr) => {
      if (!error) return resolve({ code: 0, stdout, stderr, failure: '' });
      const code = typeof error.code === 'number' ? error.code : null;
      resolve({ code, stdout, stderr, failure: reasonOf(error, stderr) });
    });
  });
}

function reasonOf(error: Error & { code?: unknown; killed?: boolean }, stderr: string): string {
  if (error.code === 'ENOENT') return 'the command does not exist here';
  if (error.killed) return 'it took too long';
  const lines = stderr
    .trim()
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('W: '));
  return (lines.at(-1) ?? error.message).slice(0, 300);
}
