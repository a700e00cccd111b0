import { setTimeout as sleep } from 'node:timers/promises';
import { TransparencyError } from '@bayway/transparency';
import { CommandError, EXIT, type Command, type Terminal } from '../command.js';
import { Difference } from './difference.js';
import { type FollowOptions, followOptions } from './options.js';
import { FollowedLog } from './followed-log.js';
import { readState, writeState } from './follow-state.js';
import { readDirectories } from './trust.js';

/**
 * `bayway evidence follow`: follows logs as anyone may. Each new checkpoint must be signed by a key that counts, continue
 * the one seen before, and contain what both witnesses have signed. It ends at the first alarm, with what was signed as
 * proof. With `--state FILE` it also remembers over runs, so that a log cannot shrink in between.
 * Exit codes: 0 nothing wrong until it was told to end, 1 an alarm (split view, rollback, a wrong signature), 2 asked
 * wrongly, 3 a log or a witness was silent, or did not sign news, for longer than `--patience`.
 */
export const followCommand: Command = async (args, terminal) => {
  const options = await followOptions(args);
  const seen = await readState(options.state);
  const logs = options.logs.map((log) => new FollowedLog(log, seen[log]));
  const end = Date.now() + options.seconds * 1_000;
  for (;;) {
    const exitCode = await look(logs, options, terminal);
    if (exitCode !== undefined) return exitCode;
    await writeState(options.state, logs);
    if (Date.now() + options.every * 1_000 > end) return EXIT.done;
    await sleep(options.every * 1_000);
  }
};

/** One look at all logs; an exit code when following them ends here. */
async function look(logs: readonly FollowedLog[], options: FollowOptions, { stdout }: Terminal) {
  for (const log of logs) {
    const { text, exitCode } = await outcome(log, options);
    if (text) stdout.write(`${new Date().toISOString()} ${log.jurisdiction}: ${text}\n`);
    if (exitCode !== undefined) return exitCode;
  }
  return undefined;
}

type Outcome = Readonly<{ text?: string | undefined; exitCode?: number }>;

async function outcome(log: FollowedLog, options: FollowOptions): Promise<Outcome> {
  try {
    return { text: await log.look(options, await readDirectories(options)) };
  } catch (error) {
    if (error instanceof Difference || error instanceof TransparencyError)
      return { text: `ALARM ${error.message}`, exitCode: EXIT.failed };
    if (!(error instanceof CommandError) || error.exitCode !== EXIT.unreachable) throw error;
    const silentMs = Date.now() - log.goodAt;
    return silentMs < options.patience * 1_000
      ? {}
      : { text: `ALARM stalled for ${Math.round(silentMs / 1_000)} s: ${error.message}`, exitCode: EXIT.unreachable };
  }
}
