/** Where a command reads and writes: the process's own streams, or those of a test. */
export type Terminal = Readonly<{
  stdin: NodeJS.ReadableStream;
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream;
  /** Where secrets come from. */
  env?: Readonly<Record<string, string | undefined>>;
}>;

/** A command of `bayway`: takes the arguments after its name, answers the exit code. */
export type Command = (args: readonly string[], terminal: Terminal) => Promise<number>;

/** Exit codes: done; done, but something did not pass; not started because it was asked wrongly; somebody did not answer. */
export const EXIT = { done: 0, failed: 1, usage: 2, unreachable: 3 } as const;

/** What went wrong, said to the person at the terminal: one line, no stack. */
export class CommandError extends Error {
  constructor(
    message: string,
    readonly exitCode: number = EXIT.failed,
  ) {
    super(message);
  }
}
