/** What a failed set-up is about; the start command prints the message alone and ends with a non-zero code. */
export type SetupProblem =
  | 'nats-server-missing'
  | 'openssl-missing'
  | 'postgres-missing'
  | 'postgres-failed'
  | 'postgres-unreachable'
  | 'nats-failed'
  | 'service-failed'
  | 'port-taken'
  | 'disk-full'
  | 'setting-broken'
  | 'already-running';

/**
 * Something on this machine keeps Bayway from starting. The message is one line that names the thing and says what to do;
 * it never holds a password.
 */
export class SetupError extends Error {
  override readonly name = 'SetupError';

  constructor(
    readonly problem: SetupProblem,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Whether an error says that the disk is full (`ENOSPC`, or the words PostgreSQL and tar use for it). */
export function isDiskFull(error: unknown): boolean {
  if (error instanceof Error && (error as NodeJS.ErrnoException).code === 'ENOSPC') return true;
  return /no space left on device|could not (write|extend).*no space/i.test(String(error));
}
