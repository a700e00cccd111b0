import { ASSET_CACHE_CONTROL, assets } from '@bayway/design';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type NextFunction, type Request, type Response } from 'express';
import type { Provider } from 'oidc-provider';
import { PROVIDER } from './interactions.js';
import type { CurrentProvider } from './provider.js';

const PROVIDER_PATHS = /^\/(auth|token|jwks|request|reg|me|session|\.well-known)(\/|$)/;

/** Before any body parser: the library reads its own bodies. */
export function mountProvider(app: NestExpressApplication): void {
  const provider = app.get<CurrentProvider>(PROVIDER);
  const answers = new WeakMap<Provider, ReturnType<Provider['callback']>>();
  const issuer = new URL(provider().issuer);
  app.use((request: Request, response: Response, next: NextFunction) => {
    if (!PROVIDER_PATHS.test(request.path)) {
      next();
      return;
    }
    if (request.method === 'POST' && request.path === '/auth') {
      asGet(request, response);
      return;
    }
    // The library makes addresses from these headers; they are the issuer's whatever a caller sends.
    request.headers.host = issuer.host;
    request.headers['x-forwarded-host'] = issuer.host;
    request.headers['x-forwarded-proto'] = issuer.protocol.slice(0, -1);
    const current = provider();
    const answer = answers.get(current) ?? current.callback();
    answers.set(current, answer);
    void answer(request, response);
  });
  for (const { path, contentType, body } of assets)
    app.use(path, (_request: Request, response: Response) => {
      response.set({ 'content-type': contentType, 'cache-control': ASSET_CACHE_CONTROL }).send(body);
    });
}

const readForm = express.text({ type: 'application/x-www-form-urlencoded', limit: '16kb' });

/**
 * An authorization request by POST (OpenID Connect Core 1.0 section 3.1.2.1) goes on by GET: her session's cookie does
 * not come with a form of another site, and is to stay so.
 */
function asGet(request: Request, response: Response): void {
  readForm(request, response, (error?: unknown) => {
    if (error || typeof request.body !== 'string') response.status(400).end();
    else response.redirect(303, `/auth?${new URLSearchParams(request.body).toString()}`);
  });
}
