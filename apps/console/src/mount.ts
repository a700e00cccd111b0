import type { NestExpressApplication } from '@nestjs/platform-express';
import { ASSET_CACHE_CONTROL, assets } from '@bayway/design';
import express, { type NextFunction, type Request, type Response } from 'express';
import { WEB, WEB_PATH } from './administration/web.js';
import type { ConsoleConfig } from './config.js';
import { portalScript } from './portal/script.js';
import { rememberChoices } from './portal/view.js';

/** Content security policy of every answer: own styles and the one script, and reading from the other consoles. */
export function policyOf(config: Pick<ConsoleConfig, 'CONSOLE_URLS' | 'ISSUERS' | 'JURISDICTION'>): string {
  const consoles = Object.values(config.CONSOLE_URLS).map((url) => new URL(url).origin);
  const provider = new URL(config.ISSUERS[config.JURISDICTION]).origin;
  return [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "script-src 'self'",
    `connect-src 'self' ${consoles.join(' ')}`,
    `form-action 'self' ${provider}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Puts the policy on every answer and serves the files pages need. */
export const mount =
  (config: ConsoleConfig) =>
  (app: NestExpressApplication): void => {
    const policy = policyOf(config);
    app.use((_request: Request, response: Response, next: NextFunction) => {
      response.setHeader('content-security-policy', policy);
      next();
    });
    app.use(rememberChoices(config));
    app.use(WEB_PATH, express.static(WEB, { immutable: true, maxAge: '365d', index: false, fallthrough: false }));
    for (const { path, contentType, body } of [...assets, portalScript]) {
      app.use(path, (_request: Request, response: Response) => {
        response.setHeader('cache-control', ASSET_CACHE_CONTROL).type(contentType).send(body);
      });
    }
  };
