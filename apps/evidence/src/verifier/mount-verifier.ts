import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ASSET_CACHE_CONTROL, assets, negotiateLanguage, renderPage, textSizeOf } from '@bayway/design';
import { JURISDICTIONS } from '@bayway/domain';
import type { Request, Response } from 'express';
import { calculateJwkThumbprint } from 'jose';
import { createElement } from 'react';
import type { EvidenceConfig } from '../config.js';
import { type Script, scriptOf } from './modules.js';
import { VerifierPage, type VerifierProps } from './verifier-page.js';

/** As it was built, also where this service runs from its sources or bundled. */
const ENTRY = new URL(
  'dist/verifier/browser/main.js',
  pathToFileURL(createRequire(import.meta.url).resolve('@bayway/evidence/package.json')),
);

/** Only the page's own modules run, and nothing can be sent: no connection, no form, no frame. */
const policyOf = ({ importMap }: Script): string =>
  [
    "default-src 'none'; connect-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    "style-src 'self'; img-src 'self'",
    `script-src 'self' 'sha256-${createHash('sha256').update(importMap).digest('base64')}'`,
  ].join('; ');

/** Mounts `GET /verify`, a page that verifies an evidence bundle in the browser, and the files it is made of. */
export async function mountVerifier(app: NestExpressApplication, { ROOTS }: EvidenceConfig): Promise<void> {
  const script = await scriptOf(ENTRY);
  const files = [
    ...assets,
    ...script.modules.map(({ path, body }) => ({ path, body, contentType: 'text/javascript; charset=utf-8' })),
  ];
  const known = await Promise.all(
    JURISDICTIONS.map(async (j) => [j, { key: ROOTS[j], thumbprint: await calculateJwkThumbprint(ROOTS[j]) }] as const),
  );
  const roots = Object.fromEntries(known) as VerifierProps['roots'];
  const http = app.getHttpAdapter();
  for (const { path, body, contentType } of files)
    http.get(path, ((_request: Request, response: Response) => {
      response.set('cache-control', ASSET_CACHE_CONTROL).type(contentType).send(body);
    }) as never);
  http.get('/verify', ((request: Request, response: Response) => {
    const { ui_locales: wanted, text } = request.query;
    const language = negotiateLanguage(once(wanted), request.headers['accept-language']);
    const props = { language, textSize: textSizeOf(text, undefined), url: request.originalUrl, script, roots };
    response
      .set({ 'content-security-policy': policyOf(script), 'cache-control': 'no-store' })
      .type('text/html; charset=utf-8')
      .send(renderPage(createElement(VerifierPage, props)));
  }) as never);
}

/** A value of the query that was given once. */
const once = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
