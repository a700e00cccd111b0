import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { DomainError, toProblem, type Problem, type ProblemCode } from '@bayway/contracts';
import { EnvelopeError } from '@bayway/envelope';
import type { Response } from 'express';
import { throwError, type Observable } from 'rxjs';
import { requestId } from './request-context.js';

const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'body-malformed',
  404: 'route-not-found',
  413: 'body-too-large',
  415: 'content-type-unsupported',
};

/** The problem of any error. Unknown errors say nothing to the caller and everything to the log. */
export function problemOf(error: unknown): Problem {
  if (error instanceof DomainError) return toProblem(error, requestId());
  if (error instanceof EnvelopeError)
    return toProblem(new DomainError(error.code, { detail: error.detail }), requestId());
  const status = statusOf(error);
  const code = status === null ? undefined : BY_STATUS[status];
  if (code) return toProblem(new DomainError(code), requestId());
  if (status !== null && status < 500) return { type: 'about:blank', title: 'Request was not understood', status };
  return { type: 'about:blank', title: 'Something went wrong', status: 500, instance: `urn:uuid:${requestId()}` };
}

function statusOf(error: unknown): number | null {
  if (error instanceof HttpException) return error.getStatus();
  const { status, expose } = error as { status?: unknown; expose?: unknown };
  return typeof status === 'number' && expose === true ? status : null;
}

/** Any throw becomes RFC 9457 problem details: over HTTP, and the same object over NATS. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('problem');

  catch(error: unknown, host: ArgumentsHost): void | Observable<never> {
    const problem = problemOf(error);
    if (problem.status >= 500) this.logger.error(error);
    else this.logger.debug({ problem: problem.type, status: problem.status });
    if (host.getType() !== 'http') return throwError(() => problem);
    const response = host.switchToHttp().getResponse<Response>();
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'DPoP algs="ES256"');
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}
