import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type NextFunction, type Request, type Response } from 'express';
import { DomainError } from '@bayway/contracts';
import { observeHttp } from './metrics.js';
import { problemOf } from './problem.filter.js';
import { inContext, requestId } from './request-context.js';

const BODY_LIMIT = '256kb';

/** Everything before the routes: request id, timing, safe headers, a bounded JSON body. */
export async function prepareHttp(
  app: NestExpressApplication,
  mount?: (app: NestExpressApplication) => void | Promise<void>,
): Promise<void> {
  app.disable('x-powered-by');
  app.set('trust proxy', 'loopback');
  app.set('query parser', 'simple');
  app.use(identify);
  app.use(protect);
  await mount?.(app);
  app.use(requireJson);
  app.use(express.json({ limit: BODY_LIMIT, strict: true }));
  app.use(express.urlencoded({ limit: '64kb', extended: false, parameterLimit: 100 }));
  app.use(explainBadBody);
}

function identify(request: Request, response: Response, next: NextFunction): void {
  const started = process.hrtime.bigint();
  inContext(request.header('request-id'), () => {
    response.setHeader('request-id', requestId());
    response.once('finish', () => {
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      const route = (request as { route?: { path?: string } }).route?.path ?? 'other';
      observeHttp({ method: request.method, route, status: response.statusCode }, seconds);
    });
    next();
  });
}

function protect(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('x-frame-options', 'DENY');
  next();
}

const BODIES = ['application/json', 'application/x-www-form-urlencoded'];

/** A body of a type nobody reads would be ignored in silence; it is refused instead. */
function requireJson(request: Request, _response: Response, next: NextFunction): void {
  const hasBody =
    Number(request.header('content-length') ?? 0) > 0 || request.header('transfer-encoding') !== undefined;
  if (hasBody && !BODIES.some((type) => request.is(type)))
    next(new DomainError('content-type-unsupported', { accepted: BODIES }));
  else next();
}

// eslint-disable-next-line max-params -- Express knows an error handler by its four parameters
function explainBadBody(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) {
    next(error);
    return;
  }
  const problem = problemOf(error);
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}
