import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import { requestId } from './request-context.js';

/**
 * One line of JSON per event, with the request id. Ids and codes only: what a person could be known by never reaches a log.
 * @param name service and jurisdiction, such as `hk/broker`
 */
export function createLogger(name: string, level: string): LoggerService {
  const log = pino({ name, level, base: { name }, mixin: () => ({ requestId: requestId() }), redact: REDACTED });
  return {
    log: write(log, 'info'),
    error: write(log, 'error'),
    warn: write(log, 'warn'),
    debug: write(log, 'debug'),
    verbose: write(log, 'debug'),
    fatal: write(log, 'error'),
  };
}

const REDACTED = ['*.password', '*.authorization', '*.cookie', '*.dpop', '*.token', '*.access_token', '*.salt'];

const write =
  (log: Logger, level: 'info' | 'error' | 'warn' | 'debug') =>
  (message: unknown, ...rest: unknown[]): void => {
    const context = rest.at(-1);
    const fields = typeof context === 'string' ? { context } : {};
    if (message instanceof Error) log[level]({ ...fields, err: message }, message.message);
    else if (typeof message === 'object' && message !== null) log[level]({ ...fields, ...message });
    else log[level](fields, String(message));
  };
