import { ASSET_CACHE_CONTROL, assets, negotiateLanguage, renderPage, textSizeOf } from '@bayway/design';
import express, { type Express } from 'express';
import { createElement } from 'react';
import { healthRoutes } from '../web/health.js';
import { healthOfAll } from './health.js';
import type { Links } from './links.js';
import { Landing } from './page.js';

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** A value of the query that was given once, as text. */
const once = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The landing page: links to everything that runs, each with its state at this moment. It needs no script. */
export function landingApp(links: Links): Express {
  const app = express().disable('x-powered-by');
  const bases = [links.bank, links.cities, links.mailbox, ...links.services.map(({ url }) => url)];
  app.use(healthRoutes());
  app.use((_req, res, next) => {
    res.set(HEADERS);
    next();
  });
  for (const { path, contentType, body } of assets) {
    app.get(path, (_req, res) => void res.set('cache-control', ASSET_CACHE_CONTROL).type(contentType).send(body));
  }
  app.get('/', async (req, res) => {
    const { ui_locales: wanted, text } = req.query;
    const props = {
      language: negotiateLanguage(once(wanted), req.headers['accept-language']),
      textSize: textSizeOf(text, undefined),
      url: req.originalUrl,
      links,
      health: await healthOfAll(bases),
      now: new Date(),
    };
    res.type('text/html').send(renderPage(createElement(Landing, props)));
  });
  return app;
}
